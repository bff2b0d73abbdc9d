"""The receipt of an export or an erasure. It is read off the audit trail and holds no data."""

import datetime
from typing import NamedTuple

from django.utils import timezone

from ..models import Action, AuditEntry

# What an export and an erasure call themselves in the entries of each inquiry. Their own entry is
# the one with a count.
PARTS = {Action.EXPORTED: (Action.SHOWN, "export"), Action.REMOVED: (Action.REMOVED, "request")}
LISTED_FOR = datetime.timedelta(days=30)
MOST_LISTED = 10


class Receipt(NamedTuple):
    """What was done, and the entries that prove it."""

    done: AuditEntry
    parts: list[AuditEntry]

    @classmethod
    def of(cls, sequence: int) -> "Receipt":
        """The receipt with this number. Raises AuditEntry.DoesNotExist when there is none."""
        done = AuditEntry.objects.get(sequence=sequence, action__in=PARTS, detail__has_key="count")
        action, name = PARTS[Action(done.action)]
        parts = AuditEntry.objects.filter(
            sequence__gt=sequence, action=action, **{f"detail__{name}": sequence}
        )
        return cls(done, list(parts.order_by("sequence")))

    @property
    def is_export(self) -> bool:
        return self.done.action == Action.EXPORTED

    @property
    def last(self) -> AuditEntry:
        """The entry whose hash stands for all of it."""
        return self.parts[-1] if self.parts else self.done

    @property
    def is_whole(self) -> bool:
        """Whether every inquiry that was asked for has been dealt with."""
        return len(self.parts) == self.done.detail["count"]


def latest(action: Action) -> list[AuditEntry]:
    """The latest exports or erasures of the last 30 days, each with a receipt."""
    since = timezone.now() - LISTED_FOR
    entries = AuditEntry.objects.filter(
        action=action, created_at__gte=since, detail__has_key="count"
    )
    return list(entries.order_by("-sequence")[:MOST_LISTED])
