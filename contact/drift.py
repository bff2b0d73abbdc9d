"""Whether what is due is due when it should be: the day that was promised, or that was planned.

The words that somebody was shown never change. If the practice's hours or zone do later, the
promise stays, so it is compared with those words and not with what would be promised today.
"""

import datetime

from django.db.models import Q
from django.utils import formats, timezone, translation

from pages.models import PracticeSettings

from .models import Inquiry
from .models.status import OPEN

COLUMNS = (
    "reference", "status", "language", "promise", "reply_by", "answered_at", "follow_up_at",
    "due_at",
)  # fmt: skip


def drifting() -> list[str]:
    """The references of inquiries that are due at another time than they should be.

    Looks at what is open, and at what is finished and yet due.
    """
    zone = PracticeSettings.load().zone
    rows = Inquiry.objects.filter(Q(status__in=OPEN) | Q(due_at__isnull=False))
    found = rows.only(*COLUMNS).order_by("created_at").iterator(chunk_size=500)
    return [inquiry.reference for inquiry in found if not is_due_as_promised(inquiry, zone)]


def is_due_as_promised(inquiry: Inquiry, zone: datetime.tzinfo) -> bool:
    """Whether it is due when something is to be done, and its promise names the day."""
    return inquiry.due_at == inquiry.next_due and _keeps_its_word(inquiry, zone)


def _keeps_its_word(inquiry: Inquiry, zone: datetime.tzinfo) -> bool:
    """Whether the day in the words is the day on which the reply is due."""
    if inquiry.reply_by is None:
        return not inquiry.promise
    with translation.override(inquiry.language or None):
        day = formats.date_format(timezone.localtime(inquiry.reply_by, zone), "l, F j")
    return inquiry.promise.rstrip(".").endswith(day)
