"""A practice on the west coast, and inquiries as they came in there."""

import datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from contact.models import Inquiry, Notice
from tests.practice import set_practice

ZONE = ZoneInfo("America/Los_Angeles")
WEDNESDAY = datetime.datetime(2026, 11, 18, 12, 0, tzinfo=ZONE)


def at(day: int, hour: int = 9, minute: int = 0, month: int = 11) -> datetime.datetime:
    """A moment of 2026 on the practice's clock."""
    return datetime.datetime(2026, month, day, hour, minute, tzinfo=ZONE)


@pytest.fixture
def wednesday(db):
    """The practice's noon of Wednesday, November 18, 2026. The practice knows its zone."""
    set_practice(time_zone=ZONE.key)
    with time_machine.travel(WEDNESDAY, tick=False):
        yield WEDNESDAY


def came_in(moment: datetime.datetime, **facts) -> Inquiry:
    """An inquiry of this moment."""
    inquiry = Inquiry(name="Ada Lovelace", contact_by="email", created_at=moment, **facts)
    inquiry.save()
    return inquiry


def notice(inquiry: Inquiry | None, recipient: str = "", **facts) -> Notice:
    """A mail that waits; to the visitor where no address is given."""
    kind = Notice.Kind.NEW_INQUIRY if recipient else Notice.Kind.ACKNOWLEDGEMENT
    return Notice.objects.create(inquiry=inquiry, kind=kind, recipient=recipient, **facts)


def given_up(inquiry: Inquiry | None, recipient: str = "", **facts) -> Notice:
    """A mail that nobody tries any more."""
    tried = {"dead": True, "attempts": 20, "last_error": "SMTPDataError 451"}
    soon = timezone.now() + datetime.timedelta(hours=6)
    return notice(inquiry, recipient, next_attempt_at=soon, **tried | facts)
