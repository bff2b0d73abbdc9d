"""How the practice answers: the figures of some weeks, reckoned without opening anything."""

import datetime
import statistics
from typing import NamedTuple

from django.db.models import Count, DateField, F, Q
from django.db.models.functions import TruncWeek
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import Inquiry, Status
from ..models.inquiry import InquiryQuerySet
from ..models.status import OPEN

A_WEEK = datetime.timedelta(weeks=1)
AN_HOUR = datetime.timedelta(hours=1)
HOURS_TOLD_AS_HOURS = 48  # From two days on, people think in days.

# What counts as received. Somebody who wrote twice and was merged is one person.
RECEIVED = Q(quarantined=False, duplicate_of=None) & ~Q(status=Status.SPAM)
HAS_A_REASON = ~Q(quarantine_reasons=[])
PUT_ASIDE = Q(quarantined=True) | HAS_A_REASON
RESCUED = Q(quarantined=False) & HAS_A_REASON & ~Q(status=Status.SPAM)
ANSWERED = RECEIVED & Q(answered_at__isnull=False)
WAITING = RECEIVED & Q(answered_at=None, status__in=OPEN)


class Period(NamedTuple):
    """Whole weeks of the practice's calendar, Monday first, up to now in the last one."""

    start: datetime.datetime
    end: datetime.datetime

    @classmethod
    def last(cls, weeks: int, now: datetime.datetime) -> "Period":
        """`weeks` weeks, that of `now` being the last. `now` is in the practice's zone."""
        monday = now.date() - datetime.timedelta(days=now.weekday())
        first = monday - (weeks - 1) * A_WEEK
        return cls(datetime.datetime.combine(first, datetime.time(), now.tzinfo), now)

    @property
    def mondays(self) -> list[datetime.date]:
        """The first day of each week."""
        first = self.start.date()
        count = (self.end.date() - first).days // 7 + 1
        return [first + number * A_WEEK for number in range(count)]

    def inquiries(self) -> InquiryQuerySet:
        """What came in, spam included."""
        return Inquiry.objects.filter(created_at__range=self)


class Tally(NamedTuple):
    """How many inquiries are of one kind."""

    label: str
    number: int


class Figures(NamedTuple):
    """The numbers of a period. `in_time` is out of `due`: people who were promised a reply and
    were answered, or whose day has come."""

    received: int
    due: int
    in_time: int
    answered: int
    waiting: int
    late: int
    put_aside: int
    rescued: int
    median: datetime.timedelta | None
    by_topic: list[Tally]
    by_week: list[Tally]

    @classmethod
    def of(cls, period: Period) -> "Figures":
        """Reckon them, in four queries however much came in."""
        return cls(
            **_counts(period),
            median=_median_wait(period),
            by_topic=_by_topic(period),
            by_week=_by_week(period),
        )

    @property
    def percent_in_time(self) -> int:
        """Out of those who were promised a reply; call it only where there are some."""
        return round(100 * self.in_time / self.due)

    @property
    def spoken_median(self) -> str:
        """How long the person in the middle waited, in words."""
        return spoken(self.median) if self.median is not None else ""


def _counts(period: Period) -> dict[str, int]:
    """Every plain count, in one query."""
    has_come = Q(reply_by__lte=period.end) | Q(reply_by__isnull=False, answered_at__isnull=False)
    wanted = {
        "received": RECEIVED,
        "due": RECEIVED & has_come,
        "in_time": RECEIVED & Q(answered_at__lte=F("reply_by")),
        "answered": ANSWERED,
        "waiting": WAITING,
        "late": WAITING & Q(reply_by__lt=period.end),
        "put_aside": PUT_ASIDE,
        "rescued": RESCUED,
    }
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    return period.inquiries().aggregate(**counts)


def _median_wait(period: Period) -> datetime.timedelta | None:
    """The time to the first reply, of the person in the middle; None when nobody was answered."""
    wait = F("answered_at") - F("created_at")
    waits = period.inquiries().filter(ANSWERED).values_list(wait, flat=True)
    seconds = [length.total_seconds() for length in waits]
    return datetime.timedelta(seconds=statistics.median(seconds)) if seconds else None


def _by_topic(period: Period) -> list[Tally]:
    """The topics that people chose, the most frequent first."""
    received = period.inquiries().filter(RECEIVED)
    rows = received.values_list("topic").annotate(number=Count("pk")).order_by("-number", "topic")
    return [Tally(topic or _("No topic chosen"), number) for topic, number in rows]


def _by_week(period: Period) -> list[Tally]:
    """Every week by its Monday, those without anything as well."""
    week = TruncWeek("created_at", output_field=DateField(), tzinfo=period.start.tzinfo)
    received = period.inquiries().filter(RECEIVED)
    rows = received.values_list(week).annotate(number=Count("pk")).order_by()
    numbers = dict(rows)
    return [
        Tally(formats.date_format(monday, "M j"), numbers.get(monday, 0))
        for monday in period.mondays
    ]


def spoken(length: datetime.timedelta) -> str:
    """A length of time as people say it, to the hour."""
    hours = round(length / AN_HOUR)
    if hours < 1:
        return _("less than an hour")
    if hours < HOURS_TOLD_AS_HOURS:
        return ngettext("%d hour", "%d hours", hours) % hours
    days, rest = divmod(hours, 24)
    text = ngettext("%d day", "%d days", days) % days
    return f"{text} {ngettext('%d hour', '%d hours', rest) % rest}" if rest else text
