"""What is released of an inquiry: one list, from which every format is written."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import models
from django.utils.translation import gettext as _

from ..fields import SealedTextField
from ..models import Inquiry
from ..sealing import SealingError

# What somebody said, in the order of the form.
SAID = (
    "name",
    "contact_by",
    "email",
    "phone",
    "voicemail_ok",
    "best_time",
    "state",
    "topic",
    "message",
    "wants_acknowledgement",
    "consent_hash",
    "consent_language",
)
# What became of it at the practice.
DONE = (
    "source",
    "language",
    "status",
    "assigned_to",
    "promise",
    "reply_by",
    "answered_at",
    "follow_up_at",
    "due_at",
    "changed_at",
    "closed_at",
    "duplicate_of",
    "status_before_merge",
    "quarantined",
    "quarantine_reasons",
    "on_hold",
    "hold_reason",
)
# These stand first in every format.
HEAD = ("reference", "created_at")
# They mean something inside this site's database only.
NOT_RELEASED = ("id", "submission_id", "page")


class Unreadable:
    """Stands for a text that was stored and does not open."""

    def __str__(self) -> str:
        return _("cannot be opened")


class Choice(NamedTuple):
    """One of a fixed list of answers: its code, and how it reads."""

    code: str
    label: str

    def __str__(self) -> str:
        return self.label


Value = str | bool | datetime.datetime | Choice | Unreadable | None

# Fields whose column does not say it to somebody outside.
TOLD: dict[str, Callable[[Any], Value]] = {
    "assigned_to": lambda inquiry: inquiry.assigned_to and inquiry.assigned_to.get_username(),
    "duplicate_of": lambda inquiry: inquiry.merged_with,
    "quarantine_reasons": lambda inquiry: "; ".join(inquiry.suspicions),
}


def sealed_value(row: models.Model, name: str) -> str | Unreadable:
    """Open a sealed column. A text that does not open spoils nothing around it."""
    try:
        return str(getattr(row, name))
    except SealingError:
        return Unreadable()


def value_of(inquiry: Inquiry, name: str) -> Value:
    """What an inquiry says in a field; nothing is None or an empty text.

    The inquiry comes from `export.batches`, which fetches what the relations tell.
    """
    if name in TOLD:
        return TOLD[name](inquiry)
    field = Inquiry._meta.get_field(name)
    if isinstance(field, SealedTextField):
        return sealed_value(inquiry, name)
    value = getattr(inquiry, name)
    labels = dict(getattr(field, "flatchoices", ()))
    return Choice(str(value), str(labels[value])) if value in labels else value


def label_of(name: str) -> str:
    """What a field is called."""
    label = str(Inquiry._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    return label[:1].upper() + label[1:]


def in_zone(moment: datetime.datetime, zone: datetime.tzinfo) -> str:
    """A moment in ISO 8601 with the offset of the practice's zone, to the second."""
    return moment.astimezone(zone).isoformat(timespec="seconds")
