"""Opening what is sealed, for the one page that shows it."""

from typing import NamedTuple
from urllib.parse import quote

from django.db import models

from ..models import Inquiry, Note
from ..phone import shown_form
from ..sealing import SealingError


class Opened(NamedTuple):
    """A sealed text as a page shows it: the text, or the fact that it cannot be opened."""

    text: str = ""
    readable: bool = True


def opened(row: models.Model, name: str) -> Opened:
    """What stands in a sealed column. A text that does not open spoils nothing around it."""
    try:
        return Opened(getattr(row, name))
    except SealingError:
        return Opened(readable=False)


class Reading(NamedTuple):
    """An inquiry, opened once: the texts, and links for answering."""

    name: Opened
    email: Opened
    phone: Opened
    message: Opened

    @property
    def mailto(self) -> str:
        """A link that opens the reader's own mail program. Quoted, so that it adds no header."""
        return "mailto:" + quote(self.email.text, safe="@+")

    @property
    def shown_phone(self) -> str:
        """The number as people write it."""
        return shown_form(self.phone.text)

    @property
    def tel(self) -> str:
        """A link that calls."""
        return "tel:" + quote(self.phone.text, safe="+;=")


class ReadNote(NamedTuple):
    """A note, opened once."""

    note: Note
    text: Opened


def read(inquiry: Inquiry) -> Reading:
    """Open an inquiry. Whoever calls this has written the audit row."""
    return Reading(*(opened(inquiry, name) for name in Reading._fields))


def read_notes(inquiry: Inquiry) -> list[ReadNote]:
    """Open the notes of an inquiry, the oldest first. One query."""
    notes = inquiry.notes.select_related("author")
    return [ReadNote(note, opened(note, "text")) for note in notes]
