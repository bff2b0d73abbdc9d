"""A real PostgreSQL server, and a site on SQLite with something in every corner."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.deployment.cluster import BIN, Server, a_server
from tests.kapsite.carrying.moves import Move, with_a_killed_try
from tests.sites import make_site

if not (BIN or os.environ.get("REQUIRE_ALL")):
    collect_ignore = ["test_end.py", "test_target.py", "test_whole.py"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Compare what was carried before anybody signs in to the new site and writes to it."""
    items.sort(
        key=lambda item: item.path.name == "test_whole.py" and "address" in item.fixturenames  # type: ignore[attr-defined]
    )


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """The database of a site as set-up makes it, which nobody has open."""
    path = tmp_path / "db.sqlite3"
    path.write_bytes(finished_database())
    return path


@cache
def finished_database() -> bytes:
    with TemporaryDirectory() as folder:
        return (make_site(Path(folder)) / "db.sqlite3").read_bytes()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    with a_server() as server:
        yield server


@pytest.fixture(scope="session")
def carried(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Move:
    """A site that was carried over, after a first try was killed while it put rows in place."""
    move = Move(make_site(tmp_path_factory.mktemp("carried")), server, "carried")
    move.furnish()
    return with_a_killed_try(move)
