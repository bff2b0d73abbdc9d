"""The old database, held still: nobody writes to it from the first look to the end."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.db import Error, OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import ConnectionHandler

from contact.models import SealingKey
from contact.sealing import key_ring
from kapsite.backups.manifest import unknown_migrations

from .tables import SEARCH, Row, Sum, Table, carried_tables, sum_of
from .trouble import CarryError, name_of

PATIENCE = 2  # Seconds to wait for somebody who has the old database open.
BATCH = 2000  # Rows.
MIGRATIONS = MigrationRecorder.Migration._meta.db_table


class Source:
    """A SQLite database that this process has for itself."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self._connection = connection
        self.tables = carried_tables()

    def ask(self, statement: str) -> list[Any]:
        """All rows of a small answer. Raises CarryError."""
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(statement)
                return cursor.fetchall()
        except Error as error:
            raise CarryError(f"The old database cannot be read: {name_of(error)}.") from None

    def rows(self, table: Table) -> Iterator[Row]:
        """Every row of a table. Raises CarryError for what cannot be read or not be carried."""
        read = table.reader(self._connection)
        try:
            with self._connection.cursor() as cursor:
                cursor.execute(table.selected(self._connection))
                while batch := cursor.fetchmany(BATCH):
                    yield from map(read, batch)
        except (Error, ValueError) as error:
            # SQLite's own message quotes a text that it cannot decode.
            raise CarryError(
                f"{table.name} holds a value that cannot be read ({type(error).__name__})."
            ) from None

    def look_through(self) -> dict[str, Sum]:
        """Read every row; returns what each table comes to. Raises CarryError.

        What PostgreSQL would refuse is found here, before anything is made there.
        """
        self._require_site()
        self._require_this_version()
        self._require_known_tables()
        self._require_keys()
        self._require_no_loose_ends()
        return {table.name: self._sum(table) for table in self.tables}

    def last_numbers(self) -> dict[str, int]:
        """The last number that each table gave a row, be the row there or gone."""
        return dict(self.ask("SELECT name, seq FROM sqlite_sequence"))

    def _sum(self, table: Table) -> Sum:
        try:
            return sum_of(table, self._fitting(table))
        except ValueError:
            raise CarryError(f"{table.name} holds a value that is not of its kind.") from None

    def _fitting(self, table: Table) -> Iterator[Row]:
        for row in self.rows(table):
            for column, value in zip(table.columns, row, strict=True):
                column.require_fit(value)
            yield row

    def _require_site(self) -> None:
        statement = f"SELECT 1 FROM sqlite_master WHERE name = '{MIGRATIONS}'"  # noqa: S608
        if not self.ask(statement):
            raise CarryError("There is no site in the old database.")

    def _require_this_version(self) -> None:
        applied = set(self.ask(f"SELECT app, name FROM {MIGRATIONS}"))  # noqa: S608 - our own name
        if unknown := unknown_migrations(applied):
            raise CarryError(
                f"The old database is of a newer version of the site: {unknown[0]} is not here. "
                "Install that version first."
            )
        loader = MigrationLoader(None)
        lacking = [
            key
            for key in sorted(loader.graph.nodes)
            if key not in applied
            and not (applied.issuperset(loader.disk_migrations[key].replaces or [key]))
        ]
        if lacking:
            raise CarryError(
                f"The old database lacks {len(lacking)} migrations, {'.'.join(lacking[0])} "
                "first. Take DATABASE_URL out once more, run `manage.py setup`, and come back."
            )

    def _require_known_tables(self) -> None:
        """Raise CarryError for a table or a column that would be left behind."""
        names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'"
        found = {name for (name,) in self.ask(names) if not name.startswith(SEARCH)}
        known = {table.name: set(table.names) for table in self.tables}
        if strange := sorted(found ^ {*known, MIGRATIONS}):
            raise CarryError(
                f"The old database differs from this version in its table {strange[0]}."
            )
        for table, columns in known.items():
            there = {row[1] for row in self.ask(f"PRAGMA table_info({table})")}
            if strange := sorted(there ^ columns):
                raise CarryError(
                    f"The old database differs from this version in {table}.{strange[0]}."
                )

    def _require_keys(self) -> None:
        ring = key_ring()
        known = self.ask(f"SELECT key_id FROM {SealingKey._meta.db_table}")  # noqa: S608
        if missing := [key for (key,) in known if key not in ring]:
            raise CarryError(
                f"ENCRYPTION_KEYS lacks {', '.join(missing)}, which the site has sealed with. Put "
                "it back behind the first, after a comma."
            )

    def _require_no_loose_ends(self) -> None:
        """Raise CarryError for a row that points at none: PostgreSQL takes no such row."""
        if loose := self.ask("PRAGMA foreign_key_check"):
            table, _row, parent, _number = loose[0]
            raise CarryError(f"A row of {table} points at a row of {parent} that is not there.")


@contextmanager
def held(path: Path) -> Iterator[Source]:
    """Open a SQLite database that nobody else has open, and let nobody in until the block ends.

    With SQLite's exclusive locks a running site is noticed, even one that does nothing just now,
    and what comes in while the site is carried cannot be lost, since nothing comes in. The lock
    ends with this process, however that ends. Raises CarryError.
    """
    if not path.is_file():
        raise CarryError("There is no old database.")
    connection = _connected(path)
    try:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA locking_mode = EXCLUSIVE")
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("SELECT COUNT(*) FROM sqlite_master")
    except OperationalError as error:
        connection.close()
        if getattr(error.__cause__, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise CarryError(
                "Somebody has the old database open. Stop the site first: "
                "sudo systemctl stop kapsite.target"
            ) from None
        raise CarryError(f"The old database cannot be opened: {name_of(error)}.") from None
    except Error as error:
        connection.close()
        raise CarryError(f"The old database cannot be opened: {name_of(error)}.") from None
    try:
        yield Source(connection)
    finally:
        connection.close()


def _connected(path: Path) -> BaseDatabaseWrapper:
    """A connection beside those of the settings, so that nothing else takes it for the site's."""
    address = f"{path.resolve().as_uri()}?mode=rw"
    # As they are stored: Django would take a date that is none for nothing at all.
    options = {"timeout": PATIENCE, "detect_types": 0}
    config = {"ENGINE": "django.db.backends.sqlite3", "NAME": address, "OPTIONS": options}
    return ConnectionHandler({"default": config})["default"]
