"""Inquiries as CSV: one row each, for a spreadsheet that a person opens.

The file is UTF-8 with a byte order mark, without which Excel garbles names; every cell is quoted
and rows end as RFC 4180 says.

A cell that a spreadsheet could read as a formula gets an apostrophe in front, as OWASP advises
("CSV Injection"). The rule is the same for every cell, so phone numbers, which begin with a plus
sign, get one as well: `'+15035550100`. A text that begins with an apostrophe gets a second one.
So whoever reads the file takes one apostrophe off each cell that begins with one, and has the
text as it was written.
"""

import csv
import datetime
import unicodedata
from collections.abc import Iterator

from ..models import Inquiry, Note
from .facts import DONE, HEAD, SAID, Unreadable, Value, in_zone, label_of, sealed_value, value_of

COLUMNS = (*HEAD, *SAID, *DONE)
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = frozenset("=+-@")
# Dashes that spreadsheets and keyboards put in the place of a minus.
LIKE_A_MINUS = frozenset("\u2010\u2011\u2012\u2013\u2014\u2212")


def _skippable(character: str) -> bool:
    """Whether a program may pass over it before it looks for a formula: blanks and invisibles."""
    return character.isspace() or unicodedata.category(character) in {"Cc", "Cf", "Cn", "Co"}


def could_be_formula(text: str) -> bool:
    """Whether a spreadsheet might calculate this cell instead of showing it.

    Blanks and invisible characters in front do not count, and neither does width: a full-width
    equals sign is an equals sign to a spreadsheet in an East Asian language.
    """
    if text[:1] in {"\t", "\r", "\n", "\0"}:
        return True
    first = next((character for character in text if not _skippable(character)), "")
    return unicodedata.normalize("NFKC", first)[:1] in FORMULA_SIGNS | LIKE_A_MINUS


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet calculates."""
    return f"'{text}" if text.startswith("'") or could_be_formula(text) else text


class _Echo:
    """A file for the csv module that hands each row on instead of keeping it."""

    def write(self, row: str) -> str:
        return row


class Spreadsheet:
    """Writes inquiries as CSV, with times in one zone."""

    content_type = "text/csv; charset=utf-8"
    suffix = "csv"

    def __init__(self, zone: datetime.tzinfo) -> None:
        self._zone = zone
        self._writer = csv.writer(_Echo(), quoting=csv.QUOTE_ALL)

    def _row(self, cells: list[str]) -> str:
        return str(self._writer.writerow([guarded(cell) for cell in cells]))

    def _cell(self, value: Value) -> str:
        if isinstance(value, bool):
            return "yes" if value else "no"
        if isinstance(value, datetime.datetime):
            return in_zone(value, self._zone)
        return "" if value is None else str(value)

    def _note(self, note: Note) -> str:
        """A note with its time, kind and author in front."""
        kind = dict(note._meta.get_field("kind").flatchoices)[note.kind]
        author = f", {note.author.get_username()}" if note.author else ""
        text = sealed_value(note, "text")
        shown = f"({text})" if isinstance(text, Unreadable) else text
        return f"{in_zone(note.created_at, self._zone)}, {kind}{author}: {shown}"

    def begin(self) -> str:
        """The mark and the headings."""
        return BYTE_ORDER_MARK + self._row([*(label_of(name) for name in COLUMNS), "Notes"])

    def entries(self, inquiry: Inquiry) -> Iterator[str]:
        """The row of an inquiry. All its notes share the last cell, one below the other."""
        cells = [self._cell(value_of(inquiry, name)) for name in COLUMNS]
        yield self._row([*cells, "\n".join(self._note(note) for note in inquiry.notes.all())])

    def end(self) -> str:
        return ""
