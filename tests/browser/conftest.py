"""A site that is served for real, and a browser to visit it with."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sites import make_site, serve

# The names under which systems install the browser.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the browser's tests out where there is no browser, and say so at the end."""
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
        item.add_marker(pytest.mark.xdist_group("browser"))
    if not CHROMIUM and ours and not os.environ.get("REQUIRE_ALL"):
        config.hook.pytest_deselected(items=ours)
        items[:] = [item for item in items if item not in ours]
        config.stash[LEFT_OUT] = len(ours)


LEFT_OUT = pytest.StashKey[int]()


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """Say what was left out and how to include it."""
    if count := config.stash.get(LEFT_OUT, 0):
        terminalreporter.write_line(
            f"Left out: {count} tests in a browser, since no Chromium was found. "
            "Install it (Debian: apt install chromium) and run again."
        )


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium, without the requests that it makes on its own."""
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": switches}


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with starter content, set up and served by gunicorn."""
    with serve(make_site(tmp_path_factory.mktemp("browser"))) as url:
        yield url
