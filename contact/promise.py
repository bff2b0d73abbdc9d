"""The day by which somebody is answered: what the visitor reads and what staff see as due."""

import datetime
from typing import NamedTuple

from django.utils import formats
from django.utils.translation import gettext as _

from pages.models import PracticeSettings

SATURDAY = 5
# The hour by which an answer of that day is expected, in the practice's time zone.
END_OF_WORK = datetime.time(17)


class ReplyPromise(NamedTuple):
    """The words for the visitor and the moment for staff; nothing where nothing is promised."""

    text: str = ""
    due_at: datetime.datetime | None = None


def is_business_day(day: datetime.date) -> bool:
    """Whether people work on this day: Monday to Friday."""
    return day.weekday() < SATURDAY


def business_day_after(day: datetime.date, count: int) -> datetime.date:
    """The `count`th business day after `day`; for 0, `day` itself or the next business day."""
    while count or not is_business_day(day):
        day += datetime.timedelta(days=1)
        count -= is_business_day(day) and count > 0
    return day


def promise_for(received_at: datetime.datetime, practice: PracticeSettings) -> ReplyPromise:
    """What the practice promises to somebody who wrote at `received_at` (aware)."""
    days = practice.reply_within_days
    if days is None:
        return ReplyPromise()
    day = business_day_after(received_at.astimezone(practice.zone).date(), days)
    text = _("We will reply by %(day)s.") % {"day": formats.date_format(day, "l, F j")}
    return ReplyPromise(text, datetime.datetime.combine(day, END_OF_WORK, practice.zone))
