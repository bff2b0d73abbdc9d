"""A site that is served for real, and a browser to visit it with."""

import math
import os
import re
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.sites import make_site, manage, serve

from .markup import CHECKER, JAVA
from .places import CLOSED_PASSWORD, CLOSED_SLUG, session_key, sign_in, write_down

# The names under which systems install the browser.
CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
NO_BROWSER = "in a browser, since no Chromium was found. Install it (Debian: apt install chromium)"
NO_CHECKER = (
    "with the Nu checker, which is not here. "
    "Install it (Debian: apt install npm default-jre-headless, then: make checker)"
)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what this machine has no browser or no checker for, and say so at the end."""
    here = Path(__file__).parent
    ours = [item for item in items if here in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.browser)
    if os.environ.get("REQUIRE_ALL"):
        return
    left_out = {item: reason for item in ours if (reason := lacking(item))}
    if left_out:
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
        config.stash[LEFT_OUT] = Counter(left_out.values())


def lacking(item: pytest.Item) -> str | None:
    """Why this test cannot run here, if so."""
    if not CHROMIUM:
        return NO_BROWSER
    if "findings" in getattr(item, "fixturenames", ()) and not (JAVA and CHECKER.exists()):
        return NO_CHECKER
    return None


LEFT_OUT = pytest.StashKey[Counter[str]]()


def pytest_terminal_summary(terminalreporter, config: pytest.Config) -> None:
    """Say what was left out and how to include it."""
    for reason, count in config.stash.get(LEFT_OUT, Counter()).items():
        terminalreporter.write_line(f"Left out: {count} tests {reason} and run again.")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict) -> dict:
    """The system's Chromium, without the requests that it makes on its own."""
    switches = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    return browser_type_launch_args | {"executable_path": CHROMIUM, "args": switches}


CLOSE_A_PAGE = f"""
from pages.models import StandardPage
from wagtail.models import PageViewRestriction
about = StandardPage.objects.get(slug="about")
words = {{"slug": {CLOSED_SLUG!r}, "title": "For patients", "show_in_menus": False}}
page = about.copy(to=about, update_attrs=words)
PageViewRestriction.objects.create(
    page=page, restriction_type="password", password={CLOSED_PASSWORD!r}
)
"""


@pytest.fixture(scope="session")
def site_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a site with starter content and a page that needs a password."""
    folder = make_site(tmp_path_factory.mktemp("browser"))
    done = manage(folder, "shell", "-c", CLOSE_A_PAGE)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="session")
def base_url(site_folder: Path) -> Iterator[str]:
    """The address of that site."""
    with serve(site_folder) as url:
        yield url


class Desk:
    """The owner's session, which one test after another goes on with.

    It is begun anew before the site asks for the password again, and when a test has ended it.
    """

    LONGEST = 600  # seconds

    def __init__(self, address: str) -> None:
        self._address, self._key, self._since = address, "", -math.inf

    def open(self, page: Page) -> None:
        """Come to the first page of the admin, signed in."""
        if time.monotonic() - self._since < self.LONGEST:
            page.context.add_cookies(
                [{"name": "session", "value": self._key, "url": self._address}]
            )
            page.goto("/admin/")
        if not page.url.endswith("/admin/"):
            sign_in(page)
            expect(page).to_have_url(re.compile("/admin/$"))
            self._key, self._since = session_key(page), time.monotonic()


@pytest.fixture(scope="session")
def owners_desk(base_url: str) -> Desk:
    return Desk(base_url)


@pytest.fixture
def desk(page: Page, owners_desk: Desk) -> Page:
    """A browser in which the owner is signed in."""
    owners_desk.open(page)
    return page


@pytest.fixture
def call(desk: Page) -> Page:
    """The page of an inquiry that the owner has written down."""
    write_down(desk)
    expect(desk.get_by_role("heading", name="Message")).to_be_visible()
    return desk
