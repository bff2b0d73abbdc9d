"""Telling staff that the test does not arrive, and that it does again: at most once a day, or when
something has changed. The clock sends these mails itself, since the worker may be what is dead;
the worker does when the clock is.
"""

import datetime
import logging
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import DatabaseError
from django.template.loader import render_to_string
from django.utils import timezone

from pages.models import PracticeSettings

from ..mailserver import reason
from ..models import Rehearsal, Trouble

A_DAY = datetime.timedelta(days=1)
# Between two attempts, so that a mail server that is away does not hold up the clock all the time.
PAUSE = datetime.timedelta(minutes=10)
logger = logging.getLogger(__name__)
_told_without_database: list[datetime.datetime] = []


def tell(run: Rehearsal, now: datetime.datetime) -> None:
    """Mail to staff what they do not know yet. What cannot be sent is tried again later."""
    is_old = run.told_at is None or not run.told_at <= now < run.told_at + A_DAY
    is_news = run.trouble != run.told or (bool(run.trouble) and is_old)
    is_early = run.told_at is not None and run.told_at <= now < run.told_at + PAUSE
    if not is_news or is_early or not settings.INQUIRY_NOTICE_EMAILS:
        return
    known = run.told
    # Written down first: of two clocks one tells, and a database that is locked stops neither.
    if run.change(told=run.trouble, told_at=now) and not _mail(run):
        run.change(told=known)


def tell_without_database(detail: str, now: datetime.datetime) -> None:
    """The same when no row can say that it was told: this process remembers it for a day."""
    last = _told_without_database[-1] if _told_without_database else None
    if last is not None and last <= now < last + A_DAY:
        return
    if settings.INQUIRY_NOTICE_EMAILS and _mail(_as_well_as_can_be(detail)):
        _told_without_database[:] = [now]


def _as_well_as_can_be(detail: str) -> Rehearsal:
    """What can be read of the test, with the database as its trouble."""
    try:
        run = Rehearsal.objects.now()
    except DatabaseError:
        run = Rehearsal()
    run.trouble, run.detail = Trouble.DATABASE, detail
    return run


def _zone() -> datetime.tzinfo:
    try:
        return PracticeSettings.load().zone
    except DatabaseError:
        return datetime.UTC


def _mail(run: Rehearsal) -> bool:
    """Whether the mail server has taken the mail. It holds nothing of anybody's message."""
    kind = "alarm" if run.trouble else "all_clear"
    context: dict[str, Any] = {
        "trouble": run.in_words,
        "last": run.arrived_at and timezone.localtime(run.arrived_at, _zone()),
        "site": settings.SITE_URL,
    }
    mail = EmailMessage(
        subject=render_to_string(f"emails/{kind}_subject.txt", context).strip(),
        body=render_to_string(f"emails/{kind}.txt", context),
        to=settings.INQUIRY_NOTICE_EMAILS,
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        mail.send()
    except Exception as error:  # A mail backend may raise anything at all.
        logger.warning("Staff could not be told of the test inquiry: %s.", reason(error))
        return False
    return True
