"""Removing inquiries on their day. The audit trail keeps the reference, and nothing else stays."""

import datetime

from django.db import transaction

from pages.models import PracticeSettings

from . import audit
from .models import Action, Inquiry, Status
from .models.status import FINISHED


@transaction.atomic
def _remove_batch(status: Status, today: datetime.date, zone: datetime.tzinfo, size: int) -> int:
    """Remove up to `size` inquiries with all that hangs on them; returns how many."""
    due = Inquiry.objects.removable(status, today, zone).select_for_update()
    batch = list(due.only("pk", "reference", "status", "closed_at")[:size])
    for inquiry in batch:
        audit.record(
            Action.REMOVED, reference=inquiry.reference, due=str(inquiry.removal_day(zone))
        )
    Inquiry.objects.filter(pk__in=[inquiry.pk for inquiry in batch]).delete()
    return len(batch)


def remove_due(today: datetime.date, batch: int = 100) -> int:
    """Remove every inquiry whose removal day is `today` or earlier and that nobody holds.

    Each batch is a transaction of its own, so the site goes on meanwhile and an interrupted run
    is completed by the next one. Returns how many were removed.
    """
    total, zone = 0, PracticeSettings.load().zone
    for status in FINISHED:
        while removed := _remove_batch(status, today, zone, batch):
            total += removed
    return total
