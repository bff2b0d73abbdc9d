"""The due clock in words, and the business day on which something is to be looked at again."""

import datetime
from typing import NamedTuple

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.models import PracticeSettings

from .promise import BusinessDays

MINUTE, HOUR, DAY = 60, 3600, 86400
# What is less than two days away is told in hours: "due in 26 h" is today's or tomorrow's work.
HOURS_UNTIL = 2 * DAY


class Clock(NamedTuple):
    """How long it still is, or how long it has been late."""

    words: str
    is_late: bool


def clock(due_at: datetime.datetime | None, now: datetime.datetime) -> Clock:
    """The due time as staff read it, such as "due in 3 h" or "2 h late"; both times aware."""
    if due_at is None:
        return Clock("", is_late=False)
    seconds = (due_at - now).total_seconds()
    is_late = seconds < 0
    span = _span(abs(seconds))
    return Clock((_("%s late") if is_late else _("due in %s")) % span, is_late)


def _span(seconds: float) -> str:
    """A span of time in its largest sensible unit, rounded down so that nobody is told too much."""
    if seconds < HOUR:
        return _("%s min") % int(seconds // MINUTE)
    if seconds < HOURS_UNTIL:
        return _("%s h") % int(seconds // HOUR)
    days = int(seconds // DAY)
    return ngettext("%s day", "%s days", days) % days


def today(practice: PracticeSettings) -> datetime.date:
    """The day that it is at the practice."""
    return timezone.localdate(timezone=practice.zone)


def business_day_after(days: int, practice: PracticeSettings) -> datetime.date:
    """The business day of the practice that comes so many business days after today."""
    return BusinessDays.of(practice).after(today(practice), days)


def end_of(day: datetime.date, practice: PracticeSettings) -> datetime.datetime:
    """When a day ends at the practice: at closing time, or on a day off at the usual one."""
    closing = BusinessDays.of(practice).closing
    time = closing.get(day.weekday(), max(closing.values()))
    return datetime.datetime.combine(day, time, practice.zone)


class DayInput(forms.DateInput):
    """The browser's own field for a day: words typed into it do not turn into some day or other."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PracticeTime:
    """A view whose times are the practice's, whatever zone the reader's profile says.

    Mixed in before the generic view. What it returns is rendered at once, while the zone is set:
    later, that of the reader would count.
    """

    def dispatch(self, *args, **kwargs):  # type: ignore[no-untyped-def]
        with timezone.override(PracticeSettings.load().zone):
            response = super().dispatch(*args, **kwargs)  # type: ignore[misc]
            return response.render() if hasattr(response, "render") else response
