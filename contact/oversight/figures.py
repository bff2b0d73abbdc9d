"""How the practice answers: the figures of some weeks, reckoned without opening anything."""

import datetime
import statistics
from collections.abc import Iterable
from typing import Any, NamedTuple

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
    """How many inquiries are of one kind, and how they were answered; `in_time` is out of `due`."""

    label: str
    number: int
    due: int = 0
    in_time: int = 0
    median: datetime.timedelta | None = None

    @property
    def spoken_median(self) -> str:
        """How long the person in the middle waited, in words; nothing while nobody was answered."""
        return spoken(self.median) if self.median is not None else ""


class Wait(NamedTuple):
    """How long somebody waited for the first reply, and where it belongs."""

    topic: str
    monday: datetime.date
    length: datetime.timedelta


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
        waits = _waits(period)
        return cls(
            **_counts(period),
            median=_median(wait.length for wait in waits),
            by_topic=_by_topic(period, waits),
            by_week=_by_week(period, waits),
        )

    @property
    def percent_in_time(self) -> int:
        """Out of those who were promised a reply; call it only where there are some."""
        return round(100 * self.in_time / self.due)

    @property
    def spoken_median(self) -> str:
        """How long the person in the middle waited, in words."""
        return spoken(self.median) if self.median is not None else ""


def _promises(period: Period) -> dict[str, Q]:
    """Who was promised a reply and was answered or is to have been, and who got it in time."""
    has_come = Q(reply_by__lte=period.end) | Q(reply_by__isnull=False, answered_at__isnull=False)
    return {
        "due": RECEIVED & has_come,
        "in_time": RECEIVED & Q(answered_at__lte=F("reply_by")),
    }


def _counts(period: Period) -> dict[str, int]:
    """Every plain count, in one query."""
    wanted = _promises(period) | {
        "received": RECEIVED,
        "answered": ANSWERED,
        "waiting": WAITING,
        "late": WAITING & Q(reply_by__lt=period.end),
        "put_aside": PUT_ASIDE,
        "rescued": RESCUED,
    }
    counts = {name: Count("pk", filter=condition) for name, condition in wanted.items()}
    return period.inquiries().aggregate(**counts)


def _week(period: Period) -> TruncWeek:
    """The Monday of an inquiry's week on the practice's calendar."""
    return TruncWeek("created_at", output_field=DateField(), tzinfo=period.start.tzinfo)


def _waits(period: Period) -> list[Wait]:
    """How long each who was answered had waited."""
    length = F("answered_at") - F("created_at")
    answered = period.inquiries().filter(ANSWERED)
    return [Wait(*row) for row in answered.values_list("topic", _week(period), length)]


def _median(lengths: Iterable[datetime.timedelta]) -> datetime.timedelta | None:
    """What the person in the middle waited; None when nobody was answered."""
    seconds = [length.total_seconds() for length in lengths]
    return datetime.timedelta(seconds=statistics.median(seconds)) if seconds else None


def _grouped(period: Period, group: Any) -> dict[Any, dict[str, Any]]:
    """What was received of each group, and how many of it were answered in time."""
    counts = {name: Count("pk", filter=wanted) for name, wanted in _promises(period).items()}
    received = period.inquiries().filter(RECEIVED).values(group=group).order_by()
    rows = received.annotate(number=Count("pk"), **counts)
    return {row.pop("group"): row for row in map(dict, rows)}


def _by_topic(period: Period, waits: list[Wait]) -> list[Tally]:
    """The topics that people chose, the most frequent first."""
    topics = sorted(_grouped(period, F("topic")).items(), key=lambda t: (-t[1]["number"], t[0]))
    return [
        Tally(
            topic or _("No topic chosen"),
            **counts,
            median=_median(wait.length for wait in waits if wait.topic == topic),
        )
        for topic, counts in topics
    ]


def _by_week(period: Period, waits: list[Wait]) -> list[Tally]:
    """Every week by its Monday, those without anything as well."""
    weeks = _grouped(period, _week(period))
    return [
        Tally(
            formats.date_format(monday, "M j"),
            **weeks.get(monday, {"number": 0}),
            median=_median(wait.length for wait in waits if wait.monday == monday),
        )
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
