"""Databases that refuse to store, for real: full, or locked by somebody else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
import pytest
from django.db import OperationalError, connection

from tests.sites import database_url

MOST_PAGES = 1073741823  # SQLite's own limit.


@contextmanager
def full() -> Iterator[None]:
    """While the block runs, there is no room for one more row."""
    with FULL[connection.vendor]():
        yield


@contextmanager
def locked() -> Iterator[None]:
    """While the block runs, somebody else holds the lock that a new inquiry needs."""
    with LOCKED[connection.vendor]():
        yield
    connection.close()  # The next one waits as long as ever.


def _do(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _full_file() -> Iterator[None]:
    """A file that cannot grow, as on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (content BLOB)")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 20}")
    for size in (100_000, 3_000, 100, 1):  # Take the room that is left, down to the last row.
        with connection.cursor() as cursor, pytest.raises(OperationalError, match="full"):
            _pour(cursor, size)
    try:
        yield
    finally:
        _do(f"PRAGMA max_page_count = {MOST_PAGES}", "DROP TABLE filler")


def _pour(cursor, size: int) -> None:
    """Add rows of so many bytes until there is no room for one more."""
    while True:
        cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])


@contextmanager
def _full_server() -> Iterator[None]:
    """A server that says of each new inquiry what it says when it cannot extend a file."""
    _do(
        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'could not extend file' USING ERRCODE = 'disk_full'; END $$",
        "CREATE TRIGGER no_room BEFORE INSERT ON contact_inquiry EXECUTE FUNCTION no_room()",
    )
    try:
        yield
    finally:
        _do("DROP FUNCTION no_room CASCADE")


@contextmanager
def _locked_file() -> Iterator[None]:
    _do("PRAGMA busy_timeout = 100")
    with closing(sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def _locked_table() -> Iterator[None]:
    _do("SET lock_timeout = '100ms'")
    with psycopg.connect(database_url(connection.settings_dict["NAME"])) as other:
        other.execute("LOCK TABLE contact_inquiry IN EXCLUSIVE MODE")
        yield


FULL = {"sqlite": _full_file, "postgresql": _full_server}
LOCKED = {"sqlite": _locked_file, "postgresql": _locked_table}
