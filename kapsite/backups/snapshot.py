"""The database as it is at one moment, copied while the site goes on."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from pyrage import x25519

from contact.models import SealingKey

from . import envelope, postgres
from .packing import CHUNK, Digest
from .trouble import BackupError

# Left out of every copy: whoever holds a session's key is signed in, and needs no other.
SESSIONS = Session._meta.db_table


class Snapshot(NamedTuple):
    """A copy of the database: a stream of so many bytes, and what is known of its content."""

    stream: IO[bytes]
    size: int
    facts: dict[str, Any]


@contextmanager
def taken(work: Path) -> Iterator[Snapshot]:
    """Copy the configured database, with the help of a file in `work`. Raises BackupError."""
    with _COPIERS[connection.vendor](work) as snapshot:
        yield snapshot


def facts(cursor: Any) -> dict[str, Any]:
    """What a manifest says of a database: rows of each table, migrations, ids of sealing keys."""
    applied = MigrationRecorder.Migration._meta.db_table
    keys = SealingKey._meta.db_table
    tables = table_names(cursor)
    if not {applied, keys} <= set(tables):
        raise BackupError("There is no site in the database yet. Run `manage.py setup` first.")
    return {
        "counts": counts(cursor),
        "migrations": _rows(cursor, f"SELECT app, name FROM {applied} ORDER BY app, name"),  # noqa: S608
        "keys": [key for (key,) in _rows(cursor, f"SELECT key_id FROM {keys}")],  # noqa: S608
    }


def counts(cursor: Any) -> dict[str, int]:
    """How many rows each table has, as one cursor sees them."""
    quote = connection.ops.quote_name
    return {
        table: _rows(cursor, f"SELECT COUNT(*) FROM {quote(table)}")[0][0]  # noqa: S608
        for table in table_names(cursor)
    }


def table_names(cursor: Any) -> list[str]:
    """The tables of the database that a cursor sees, sorted."""
    return sorted(name for (name,) in _rows(cursor, _TABLES[connection.vendor]))


def _rows(cursor: Any, statement: str) -> list[Any]:
    cursor.execute(statement)
    return [list(row) for row in cursor.fetchall()]


_TABLES = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'",
    "postgresql": (
        "SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n "
        "ON n.oid = c.relnamespace WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition "
        "AND n.nspname = current_schema()"
    ),
}


@contextmanager
def _sqlite_copy(work: Path) -> Iterator[Snapshot]:
    """A plain copy, as SQLite can make no other; its name is gone before anything reads it.

    `VACUUM INTO` is SQLite's way to copy a live database without what deleted rows leave behind.
    Unlike the online backup followed by a VACUUM, it needs no second copy in the system's
    temporary folder. The site's writers do not wait for it.
    """
    database = Path(connection.settings_dict["NAME"])
    if not database.exists():
        raise BackupError("There is no site here yet. Run `manage.py setup` first.")
    copy = work / "database"
    copy.touch(mode=0o600)
    # A connection of its own: one that is in a transaction would wait for itself for ever.
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as source:
        source.execute("VACUUM INTO ?", [str(copy)])
    with closing(sqlite3.connect(copy, isolation_level=None)) as target:
        known = _finish_copy(target)
    with copy.open("rb") as stream:
        copy.unlink()
        yield Snapshot(stream, os.fstat(stream.fileno()).st_size, known)


def _finish_copy(target: sqlite3.Connection) -> dict[str, Any]:
    """Take the sessions out of a copy, so that nothing of them is left; returns what it holds."""
    cursor = target.cursor()
    known = facts(cursor)
    cursor.execute("PRAGMA journal_mode = OFF")
    cursor.execute("PRAGMA secure_delete = ON")
    cursor.execute(f"DELETE FROM {SESSIONS}")  # noqa: S608 - our own name
    known["counts"][SESSIONS] = 0
    return known


@contextmanager
def _postgres_copy(work: Path) -> Iterator[Snapshot]:
    """A dump, in a file that is sealed to a key which only this process has."""
    key = x25519.Identity.generate()
    digest = Digest()
    with open(work / "database", "w+b", opener=_private) as file:
        with transaction.atomic(), connection.cursor() as cursor:
            # One snapshot for the dump and for the counts that prove it.
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            known = facts(cursor)
            known["counts"][SESSIONS] = 0
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
            options = [f"--exclude-table-data={SESSIONS}", f"--snapshot={snapshot}"]
            with postgres.dumping(*options) as dump:
                chunks = iter(lambda: dump.read(CHUNK), b"")
                envelope.seal(digest.over(chunks), file, [key.to_public()])
        file.seek(0)
        with envelope.opened(file, [key]) as stream:
            yield Snapshot(stream, digest.size, known)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


_COPIERS = {"sqlite": _sqlite_copy, "postgresql": _postgres_copy}
