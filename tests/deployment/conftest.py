"""Checkouts to try the README's commands in, and servers that several tests need."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.sites import free_port

from .checkout import Checkout, copy_project
from .cluster import Server, a_server
from .nginx import Front


def pytest_itemcollected(item: pytest.Item) -> None:
    """These bring the databases along that they need, so they say the same with every other."""
    item.add_marker(pytest.mark.once)


def new_checkout() -> Iterator[Checkout]:
    """A checkout in a folder that every user of this machine can read."""
    with tempfile.TemporaryDirectory(prefix="kapsite-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        checkout = Checkout(folder / "site")
        copy_project(checkout.folder)
        yield checkout
        checkout.pull_the_plug()


@pytest.fixture
def clone() -> Iterator[Checkout]:
    """A fresh clone, with nothing set up."""
    yield from new_checkout()


@pytest.fixture(scope="session")
def untouched() -> Iterator[Checkout]:
    """A fresh clone for tests that are refused before anything is set up."""
    yield from new_checkout()


@pytest.fixture(scope="session")
def installed_once() -> Iterator[Checkout]:
    """A checkout after its first `make run`, which has shown the home page and was stopped."""
    for checkout in new_checkout():
        with checkout.serve("run") as run:
            checkout.first_start = run.wait_for("Sign in: ")
            checkout.first_words = run.said
            assert "<h1" in checkout.fetch("/")
        yield checkout


@pytest.fixture
def ready(installed_once: Checkout) -> Checkout:
    """The packages are installed and the site is set up; only serving is left."""
    return replace(installed_once, port=free_port())


@pytest.fixture
def installed(installed_once: Checkout, tmp_path: Path) -> Checkout:
    """The packages are installed; the data folder is new and empty."""
    return replace(installed_once, port=free_port(), data_dir=tmp_path / "data")


@pytest.fixture(scope="session")
def database() -> Iterator[Server]:
    """A PostgreSQL server of their own for tests of the group `machines`; setting up a site in it
    takes long, and each finds what the one before has made."""
    with a_server() as server:
        yield server


@pytest.fixture(scope="session")
def front(tmp_path_factory) -> Iterator[Front]:
    """A site behind nginx that nobody stops, changes or floods."""
    with Front(tmp_path_factory.mktemp("nginx")).running() as front:
        yield front


@pytest.fixture
def own_front(tmp_path) -> Iterator[Front]:
    """For a test that stops, changes or floods something."""
    with Front(tmp_path).running() as front:
        yield front
