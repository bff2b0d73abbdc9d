"""What people have sent: sealed, due when it was promised, written down, and arriving."""

from collections.abc import Iterator

from django.db import models

from contact import audit, drift
from contact.fields import SealedTextField, sealed_fields
from contact.models import Rehearsal
from contact.models.rehearsal import OVERDUE
from contact.sealing import SealingError

from .findings import Finding, Hint, look

MOST_NAMED = 5


@look(21, "Sealed texts")
def _sealed() -> Hint:
    """Whether each sealed column holds a token. Looks at its shape and opens nothing."""
    counts = {_name(field): field.not_sealed().count() for field in sealed_fields()}
    wrong = [f"{name}: {count}" for name, count in counts.items() if count]
    if not wrong:
        return ""
    return (
        f"Rows that hold no sealed text ({', '.join(wrong)}). Something else than this site wrote "
        "them, and they may be readable. Take a backup, then look at those rows."
    )


def _name(field: SealedTextField) -> str:
    return f"{field.model._meta.db_table}.{field.column}"


@look(22, "Due dates")
def _due_dates() -> Hint:
    found = drift.drifting()
    if not found:
        return ""
    return (
        f"{len(found)} inquiries are not due when they should be: {_some(found)}. Open each, look "
        "at its promise, and plan a follow-up. The time zone of the practice may have changed."
    )


def _some(references: list[str]) -> str:
    rest = len(references) - MOST_NAMED
    return ", ".join(references[:MOST_NAMED]) + (f" and {rest} more" if rest > 0 else "")


@look(23, "Audit trail")
def _trail() -> Hint:
    return "" if audit.verify().whole else "Run `manage.py verify_audit`: it names the row."


@look(24, "Hourly test inquiry")
def _rehearsal() -> Hint:
    run = Rehearsal.objects.now()
    if run.trouble:
        return f"The last one did not come all the way: {run.in_words}."
    if run.age is None:
        return "None has arrived yet. On a new site, wait for ten minutes. Is the clock running?"
    if run.age > OVERDUE:
        return f"None has arrived since {run.arrived_at:%Y-%m-%d %H:%M} UTC. Is the clock running?"
    return ""


@look(25, "Test inquiry through the web server")
def _over_http() -> Hint:
    run = Rehearsal.objects.now()
    if run.over_http or run.arrived_at is None:
        return ""
    return (
        "Nothing listens at PORT where the clock runs, so it tests the form without the web "
        "server. If both run on this machine, start the web server."
    )


def everything_opens() -> Finding:
    """Open every sealed text. No text leaves this function, and no row is named but by table."""
    closed = {_name(field): sum(_closed(field)) for field in sealed_fields()}
    wrong = [f"{name}: {count}" for name, count in closed.items() if count]
    hint = f"Texts that do not open ({', '.join(wrong)}). See docs/recovery.md." if wrong else ""
    return Finding("kapsite.D031", "Every sealed text opens", hint)


def _closed(field: SealedTextField) -> Iterator[bool]:
    """For each row whether its text stays closed."""
    rows: models.QuerySet[models.Model] = field.model._base_manager.only("pk", field.attname)
    for row in rows.iterator(chunk_size=500):
        try:
            getattr(row, field.attname)
        except SealingError:
            yield True
        else:
            yield False
