"""What is carried: the tables, their columns, and each value as Python knows it.

Values pass by without the models: no signal is sent, no `auto_now` moves, nothing is sealed or
opened, and a column that refuses to be looked up is read like any other.
"""

import hashlib
import ipaddress
import json
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.expressions import Col
from wagtail.search.models import IndexEntry

from .trouble import CarryError

# Each kind of database has search tables of its own, which are made anew from the pages.
SEARCH = IndexEntry._meta.db_table
Row = tuple[Any, ...]


class Column:
    """A column of a model's table, on both kinds of database."""

    def __init__(self, field: models.Field[Any, Any]) -> None:
        self.name = str(field.column)
        self._table = field.model._meta.db_table
        # A foreign key's values are of the kind of what it points at.
        self._expression: Col = field.get_col(self._table)
        self.kind = self._expression.output_field.get_internal_type()
        # PostgreSQL counts the letters of these, and SQLite does not.
        self._longest = None if self.kind == "TextField" else field.max_length

    def reader(self, connection: BaseDatabaseWrapper) -> Callable[[Any], Any]:
        """A function: the value that a database gave, as Python knows it; JSON stays a text.

        It raises ValueError for a value that is not of the column's kind. Django takes some of
        these, such as a date that is none, for nothing at all.
        """
        converters = connection.ops.get_db_converters(self._expression)

        def read(stored: Any) -> Any:
            value = stored
            try:
                for convert in converters:
                    value = convert(value, self._expression, connection)
            except Exception:  # Of whatever kind: what it says may quote the value.
                raise ValueError(self.name) from None
            if value is None and stored is not None:
                raise ValueError(self.name)
            return value

        return read

    def require_fit(self, value: Any) -> None:
        """Raise CarryError for a text that SQLite keeps and PostgreSQL does not take."""
        if not isinstance(value, str):
            return
        if "\0" in value:
            raise CarryError(f"{self} holds a text with a zero byte, which PostgreSQL cannot keep.")
        if self._longest and len(value) > self._longest:
            raise CarryError(
                f"{self} holds a text of {len(value)} letters, and may hold {self._longest}."
            )

    def plain(self, value: Any) -> Any:
        """A value in the one spelling that both databases agree on."""
        if value is None:
            return None
        if self.kind == "JSONField":
            return json.dumps(json.loads(value), sort_keys=True)
        if self.kind == "GenericIPAddressField":
            return str(ipaddress.ip_address(value))
        if isinstance(value, datetime):
            return value.astimezone(UTC).isoformat()
        return value

    def __str__(self) -> str:
        return f"{self._table}.{self.name}"


class Table:
    """A table that is carried."""

    def __init__(self, model: type[models.Model]) -> None:
        self.name = model._meta.db_table
        self.columns = [Column(field) for field in model._meta.local_concrete_fields]
        key = model._meta.pk
        # The column that the database numbers by itself, if there is one.
        self.numbered = key.column if isinstance(key, models.AutoField) else None

    @cached_property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]

    def reader(self, connection: BaseDatabaseWrapper) -> Callable[[Iterable[Any]], Row]:
        """A function: a row as Python knows it, from what a database gave."""
        readers = [column.reader(connection) for column in self.columns]

        def read(row: Iterable[Any]) -> Row:
            return tuple(read(value) for read, value in zip(readers, row, strict=True))

        return read

    def selected(self, connection: BaseDatabaseWrapper) -> str:
        """The statement that reads every row."""
        quote = connection.ops.quote_name
        return f"SELECT {', '.join(map(quote, self.names))} FROM {quote(self.name)}"  # noqa: S608


def carried_tables() -> list[Table]:
    """Every table of every model, but for those of the search index."""
    found = {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }
    return [Table(found[name]) for name in sorted(found) if not name.startswith(SEARCH)]


class Sum(NamedTuple):
    """How many rows a table has, and what all of them come to."""

    rows: int
    digest: str


def sum_of(table: Table, rows: Iterable[Row]) -> Sum:
    """Count rows and add up their checksums, each a SHA-256 of its values.

    Adding does not mind the order, in which two databases need not agree.
    """
    count = total = 0
    for row in rows:
        plain = [column.plain(value) for column, value in zip(table.columns, row, strict=True)]
        total += int.from_bytes(hashlib.sha256(repr(plain).encode()).digest())
        count += 1
    return Sum(count, f"{total % (1 << 256):064x}")
