"""Writing down what was done, and proving that nobody touched it since."""

from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction

from .models import Action, AuditEntry, AuditHead

HEAD = 1


class Verdict(NamedTuple):
    """What `verify` found: how many entries are good, and what is wrong with the next one."""

    entries: int
    problem: str = ""

    @property
    def whole(self) -> bool:
        return not self.problem


@transaction.atomic(savepoint=False)
def record(
    action: Action,
    *,
    actor: AbstractBaseUser | AnonymousUser | None = None,
    reference: str = "",
    **detail: Any,
) -> AuditEntry:
    """Add an entry and return it.

    `actor` is who did it (nobody for a visitor or a command), `reference` the inquiry's, and
    `detail` plain values that hold nothing private. Inside a transaction the entry stands or
    falls with it. Entries queue up behind the locked head row, so their order is the order in
    which they were committed (SQLite locks the whole database; see `transaction_mode`).
    """
    head, _is_first = AuditHead.objects.select_for_update().get_or_create(pk=HEAD)
    known = actor if isinstance(actor, AbstractBaseUser) else None
    entry = AuditEntry(
        sequence=head.sequence + 1,
        actor_id=known.pk if known else None,
        actor=known.get_username() if known else "",
        action=action,
        reference=reference,
        detail=detail,
        previous=head.hash,
    )
    entry.hash = entry.computed_hash()
    entry.save()
    head.sequence, head.hash = entry.sequence, entry.hash
    head.save(force_update=True)
    return entry


def _problem(entry: AuditEntry, sequence: int, previous: str) -> str:
    """What is wrong with an entry that should stand here; empty when nothing is."""
    if entry.sequence != sequence:
        return f"Entry {sequence} is missing: entry {entry.sequence} stands in its place."
    if entry.previous != previous:
        return f"Entry {sequence} does not follow the entry before it."
    if entry.hash != entry.computed_hash():
        return f"Entry {sequence} was changed after it was written."
    return ""


def _end(sequence: int, previous: str) -> Verdict | None:
    """The verdict after the last entry; None when the head says that more have been added."""
    head = AuditHead.objects.filter(pk=HEAD).first() or AuditHead()
    if (sequence, previous) == (head.sequence, head.hash):
        return Verdict(sequence)
    if sequence >= head.sequence:
        return Verdict(sequence, f"Entry {sequence} was not written by this site.")
    return None


def verify() -> Verdict:
    """Walk the whole trail and stop at the first entry that is changed, missing or added.

    The site may go on writing meanwhile: what is added during the walk is walked too.
    """
    sequence, previous = 0, ""
    while True:
        begun_at = sequence
        unread = AuditEntry.objects.exclude(sequence__range=(1, sequence))
        for entry in unread.iterator(chunk_size=1000):
            problem = _problem(entry, sequence + 1, previous)
            if problem:
                return Verdict(sequence, problem)
            sequence, previous = entry.sequence, entry.hash
        verdict = _end(sequence, previous)
        if verdict:
            return verdict
        if sequence == begun_at:
            return Verdict(sequence, f"Entry {sequence + 1} is missing: the trail ends too early.")
