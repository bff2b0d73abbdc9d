"""The reply day: business days in the practice's own time zone."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.promise import business_day_after, is_business_day, promise_for
from pages.models import PracticeSettings

FRIDAY_NIGHT = datetime.datetime(2026, 3, 7, 5, tzinfo=datetime.UTC)  # Friday 21:00 in Portland.


def practice(days):
    return PracticeSettings(time_zone="America/Los_Angeles", reply_within_days=days)


def test_without_a_promise_nothing_is_promised():
    assert promise_for(FRIDAY_NIGHT, practice(None)) == ("", None)


@pytest.mark.parametrize(("days", "due"), [(0, 6), (1, 9), (2, 10), (5, 13), (6, 16)])
def test_days_are_counted_in_the_practices_zone_and_without_weekends(days, due):
    promise = promise_for(FRIDAY_NIGHT, practice(days))
    five = datetime.datetime(2026, 3, due, 17, tzinfo=practice(days).zone)
    assert promise.due_at == five


def test_the_words_name_the_day():
    assert promise_for(FRIDAY_NIGHT, practice(1)).text == "We will reply by Monday, March 9."


days = st.dates(datetime.date(2020, 1, 1), datetime.date(2040, 1, 1))


@given(days, st.integers(0, 30))
def test_the_reply_day_is_so_many_business_days_on(day, count):
    due = business_day_after(day, count)
    between = [day + datetime.timedelta(days=n) for n in range(1, (due - day).days + 1)]
    assert is_business_day(due)
    assert due >= day
    if count:
        assert sum(map(is_business_day, between)) == count
