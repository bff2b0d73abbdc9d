"""The audit trail in words, for people who never saw a status code."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from .models import AuditEntry, Kind, NoteKind, Source, Status


def _label(choices: Any, value: str) -> str:
    """What a stored value is called; the value itself when no choice has it any more."""
    return str(dict(choices.choices).get(value, value))


def _status(change: list[str]) -> str:
    before, after = (_label(Status, value) for value in change)
    return _("status from “%(before)s” to “%(after)s”") % {"before": before, "after": after}


def _owner(change: list[str]) -> str:
    return _("given to %s") % change[1] if change[1] else _("taken from %s") % change[0]


# What a detail of an entry says. Details that are not here are shown as they are stored.
WORDS: dict[str, Callable[[Any], str]] = {
    "status": _status,
    "owner": _owner,
    "follow_up": lambda day: _("follow-up by %s") % day if day else _("no follow-up"),
    "answered": lambda answered: _("they have heard from us"),
    "hold": lambda held: _("put on hold") if held else _("hold lifted"),
    "put_aside": lambda aside: _("put aside as possible spam") if aside else _("not spam"),
    "merged_into": lambda reference: _("merged into %s") % reference,
    "separated_from": lambda reference: _("separated from %s") % reference,
    "source": lambda source: _label(Source, source),
    "attempt": lambda kind: _label(NoteKind, kind),
    "by": lambda kind: _("by %s") % _label(Kind, kind),
    "references": lambda references: _("showing %s") % (", ".join(references) or _("none")),
    "found": lambda count: _("%s found") % count,
    "due": lambda day: _("on its day, %s") % day,
}


class Line(NamedTuple):
    """Entries of one kind that follow each other, as one line; `latest` is the last of them."""

    latest: AuditEntry
    words: str
    times: int


def lines(newest_first: Iterable[AuditEntry]) -> list[Line]:
    """The trail as people read it: who looks five times in a row is one line, not five."""
    grouped = groupby(newest_first, key=lambda entry: (in_words(entry), entry.actor))
    found = []
    for (words, _actor), group in grouped:
        entries = list(group)
        found.append(Line(entries[0], words, len(entries)))
    return found


def details(entry: AuditEntry) -> str:
    """What an entry says besides who and what, such as "status from “New” to “Booked”"."""
    return ", ".join(_said(name, value) for name, value in entry.detail.items())


def _said(name: str, value: Any) -> str:
    """A detail in its words; as it is stored where it has none, or is not as this site writes it.

    Somebody who has changed the trail must not keep others from reading it.
    """
    try:
        return WORDS[name](value)
    except (KeyError, TypeError, ValueError, IndexError):
        return f"{name.replace('_', ' ')}: {_plain(value)}"


def _plain(value: Any) -> str:
    """A value that has no words of its own."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):
        return ", ".join(map(_plain, value)) or _("none")
    return _("nothing") if value in (None, "") else str(value)


def in_words(entry: AuditEntry) -> str:
    """What an entry says was done, such as "Changed: status from “New” to “Booked”"."""
    action, said = entry.get_action_display(), details(entry)
    return f"{action}: {said}" if said else action
