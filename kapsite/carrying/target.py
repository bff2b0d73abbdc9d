"""The new database: empty before, and filled in one transaction that ends whole or not at all."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import Error, OperationalError, connection
from wagtail.search.models import IndexEntry

from .source import BATCH
from .tables import SEARCH, Row, Table
from .trouble import CarryError, name_of

# Everything that somebody may have made in the schema, but for what belongs to an extension.
_MADE = """
SELECT c.relname FROM pg_catalog.pg_class c
WHERE c.relnamespace = current_schema()::regnamespace
AND c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
LIMIT 1
"""
_MAKE_ONE = (
    "Make one: sudo -u postgres createdb --owner kapsite --template template0 --encoding UTF8 "
    "--locale C.UTF-8 NAME"
)


def require_answer() -> None:
    """Raise CarryError unless DATABASE_URL names a PostgreSQL database that answers."""
    if connection.vendor != "postgresql":
        raise CarryError(
            "DATABASE_URL does not name a PostgreSQL database. Put the new one into the settings "
            "first."
        )
    try:
        connection.ensure_connection()
    except OperationalError as error:
        # Of who is asked and why it fails; there is no row yet that it could quote.
        reason = str(error).strip().partition("\n")[0]
        raise CarryError(f"The new database does not answer. {reason}") from None


def require_empty() -> None:
    """Raise CarryError unless nothing is there and it keeps letters of every kind."""
    if made := _ask(_MADE):
        raise CarryError(
            f"There is something in the new database already, such as {made[0][0]}. A site is "
            f"carried into an empty database only. {_MAKE_ONE}"
        )
    ((may_make,),) = _ask("SELECT has_schema_privilege(current_schema(), 'CREATE')")
    if not may_make:
        raise CarryError(f"The account may make no table in the new database. {_MAKE_ONE}")
    ((encoding,),) = _ask("SHOW server_encoding")
    if encoding != "UTF8":
        raise CarryError(f"The new database keeps its text as {encoding}, not UTF8. {_MAKE_ONE}")


def begin() -> None:
    """Let nothing but a lock end the transaction early, and check references at once.

    A migration that changes rows and then their table would be refused while checks wait.
    """
    _run("SET LOCAL statement_timeout = 0")
    _run("SET LOCAL idle_in_transaction_session_timeout = 0")
    _run("SET CONSTRAINTS ALL IMMEDIATE")


def fill(tables: Iterable[Table], rows: Mapping[str, Iterator[Row]]) -> None:
    """Put rows in place of what the migrations made; references are checked at the end."""
    _run(f"TRUNCATE {_listed(tables)}")
    _run("SET CONSTRAINTS ALL DEFERRED")
    for table in tables:
        try:
            _copy(table, rows[table.name])
        except Error as error:
            raise CarryError(
                f"The new database refuses the rows of {table.name}: {name_of(error)}."
            ) from None
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    # This process has looked at what the migrations made, under other numbers.
    ContentType.objects.clear_cache()


def _copy(table: Table, rows: Iterator[Row]) -> None:
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, table.names))
    statement = f"COPY {quote(table.name)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def go_on_counting(tables: Iterable[Table], last_numbers: Mapping[str, int]) -> None:
    """Let the next row of each table get the number that it would have got in the old database.

    That may be more than one above the highest: the trail still names accounts that are gone, and
    nobody else may get their numbers.
    """
    quote = connection.ops.quote_name
    for table in tables:
        last = last_numbers.get(table.name)
        if table.numbered and last:
            _run(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [quote(table.name), table.numbered, last],
            )


def make_search_index() -> int:
    """Make the search index anew; returns how many entries it has."""
    call_command("wagtail_update_index", verbosity=0)
    return IndexEntry.objects.count()


def make_plans(tables: Iterable[Table]) -> None:
    """Let the planner know what the tables hold, before the first visitor asks."""
    _run(f"ANALYZE {_listed(tables)}")


def _listed(tables: Iterable[Table]) -> str:
    """All tables but that of migrations, which says what was done in this database."""
    names = [SEARCH, *(table.name for table in tables)]
    return ", ".join(map(connection.ops.quote_name, names))


def rows(table: Table) -> Iterator[Row]:
    """Every row of a table, as it is now."""
    read = table.reader(connection)
    with connection.chunked_cursor() as cursor:
        cursor.execute(table.selected(connection))
        while batch := cursor.fetchmany(BATCH):
            yield from map(read, batch)


def _ask(statement: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def _run(statement: str, values: list[Any] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
