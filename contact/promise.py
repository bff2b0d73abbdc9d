"""The day by which somebody is answered: what the visitor reads and what staff see as due."""

import datetime
from functools import lru_cache
from typing import NamedTuple

import holidays
from django.utils import formats
from django.utils.translation import gettext as _
from localflavor.us.us_states import STATES_NORMALIZED

from pages.models import PracticeSettings

# Monday to Friday until five, in the practice's time zone, while no hours are set.
USUAL_HOURS = dict.fromkeys(range(5), datetime.time(17))
STATES_WITH_HOLIDAYS = frozenset(holidays.list_supported_countries()["US"])
A_DAY = datetime.timedelta(days=1)


class ReplyPromise(NamedTuple):
    """The words for the visitor and the moment for staff; nothing where nothing is promised."""

    text: str = ""
    due_at: datetime.datetime | None = None


def state_code(region: str) -> str:
    """The two letters of a US state, however it is written; nothing for any other place."""
    code = STATES_NORMALIZED.get(region.replace(".", "").strip().lower(), "")
    return code if code in STATES_WITH_HOLIDAYS else ""


@lru_cache(maxsize=256)
def holidays_of(year: int, state: str) -> frozenset[datetime.date]:
    """The federal holidays of a year and those of a state, on the days on which they are kept."""
    national = holidays.country_holidays("US", years=year)
    return frozenset(national) | frozenset(
        holidays.country_holidays("US", subdiv=state, years=year) if state else ()
    )


class BusinessDays(NamedTuple):
    """The days on which a practice works, and when each of them ends.

    `closing` has a time for each day of the week that people work on, Monday being 0: one at
    least.
    """

    closing: dict[int, datetime.time]
    state: str = ""

    @classmethod
    def of(cls, practice: PracticeSettings) -> "BusinessDays":
        """The business days of a practice, from its hours and its address."""
        return cls(practice.closing_times or USUAL_HOURS, state_code(practice.region))

    def __contains__(self, day: object) -> bool:
        return (
            isinstance(day, datetime.date)
            and day.weekday() in self.closing
            and day not in holidays_of(day.year, self.state)
        )

    def after(self, day: datetime.date, count: int = 1) -> datetime.date:
        """The `count`th business day after `day`."""
        while count:
            day += A_DAY
            count -= day in self
        return day

    def counted_from(self, moment: datetime.datetime) -> datetime.date:
        """The business day that a message of this moment belongs to: the next one after closing."""
        day = moment.date()
        is_open = day in self and moment.time() < self.closing[day.weekday()]
        return day if is_open else self.after(day)

    def closing_of(self, day: datetime.date) -> datetime.time:
        """When a business day ends."""
        return self.closing[day.weekday()]


def promise_for(received_at: datetime.datetime, practice: PracticeSettings) -> ReplyPromise:
    """What the practice promises to somebody who wrote at `received_at` (aware)."""
    if practice.reply_within_days is None:
        return ReplyPromise()
    days = BusinessDays.of(practice)
    first = days.counted_from(received_at.astimezone(practice.zone))
    day = days.after(first, practice.reply_within_days)
    text = _("We will reply by %(day)s.") % {"day": formats.date_format(day, "l, F j")}
    due_at = datetime.datetime.combine(day, days.closing_of(day), practice.zone)
    return ReplyPromise(text, due_at)
