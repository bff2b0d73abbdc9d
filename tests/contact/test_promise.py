"""The reply day: business days from the practice's hours, in its time zone, without holidays."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.promise import BusinessDays, holidays_of, promise_for, state_code
from pages.models import PracticeSettings

# A Friday in Portland: at work, and at nine in the evening.
FRIDAY = datetime.datetime(2026, 3, 6, 19, tzinfo=datetime.UTC)
FRIDAY_NIGHT = datetime.datetime(2026, 3, 7, 5, tzinfo=datetime.UTC)


def practice(days, hours=(), region="", zone="America/Los_Angeles") -> PracticeSettings:
    blocks = [
        ("hours", {"days": list(names), "opens": datetime.time(9), "closes": closes})
        for names, closes in hours
    ]
    return PracticeSettings(time_zone=zone, reply_within_days=days, hours=blocks, region=region)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime.datetime:
    zone = practice(0).zone
    return datetime.datetime(year, month, day, hour, minute, tzinfo=zone)


def test_without_a_promise_nothing_is_promised():
    assert promise_for(FRIDAY_NIGHT, practice(None)) == ("", None)


@pytest.mark.parametrize(("days", "due"), [(0, 6), (1, 9), (2, 10), (5, 13), (6, 16)])
def test_days_are_counted_in_the_practices_zone_and_without_weekends(days, due):
    assert promise_for(FRIDAY, practice(days)).due_at == at(3, due, 17)


@pytest.mark.parametrize(("days", "due"), [(0, 9), (1, 10), (4, 13), (5, 16)])
def test_what_comes_after_closing_time_counts_as_the_next_business_day(days, due):
    assert promise_for(FRIDAY_NIGHT, practice(days)).due_at == at(3, due, 17)


@pytest.mark.parametrize(("minute", "due"), [(29, 4), (30, 5), (31, 5)])
def test_the_last_minute_of_the_day_is_still_that_day(minute, due):
    hours = [(["mon", "tue", "wed", "thu"], datetime.time(15, 30))]
    promise = promise_for(at(3, 3, 15, minute), practice(1, hours))
    assert promise.due_at == at(3, due, 15, 30)


def test_the_words_name_the_day():
    assert promise_for(FRIDAY, practice(1)).text == "We will reply by Monday, March 9."


def test_a_day_is_a_business_day_when_the_hours_have_it():
    hours = [(["tue", "sat"], datetime.time(12)), (["sat"], datetime.time(14))]
    assert promise_for(FRIDAY, practice(0, hours)).due_at == at(3, 7, 14)
    assert promise_for(FRIDAY, practice(1, hours)).due_at == at(3, 10, 12)
    assert promise_for(FRIDAY, practice(2, hours)).due_at == at(3, 14, 14)


def test_hours_without_any_day_count_as_not_set():
    assert promise_for(FRIDAY, practice(1, [([], datetime.time(12))])).due_at == at(3, 9, 17)


@pytest.mark.parametrize(
    ("written", "due"),
    [
        (at(11, 25, 10), at(11, 27, 17)),  # Thanksgiving
        (at(7, 2, 10), at(7, 6, 17)),  # Independence Day on a Saturday: kept on Friday.
        (at(12, 30, 10, year=2027), at(1, 3, 17, year=2028)),  # New Year on a Saturday.
        (at(12, 24, 10), at(12, 28, 17)),  # Christmas on a Friday.
    ],
)
def test_nobody_is_promised_a_federal_holiday(written, due):
    assert promise_for(written, practice(1)).due_at == due


@pytest.mark.parametrize(
    ("region", "due"),
    [("California", 1), ("ca", 1), ("Oregon", 31), ("", 31), ("British Columbia", 31)],
)
def test_holidays_of_the_practices_state_count_too(region, due):
    """César Chávez Day is the 31st of March in California."""
    month = 4 if due == 1 else 3
    promise = promise_for(at(3, 30, 10), practice(1, region=region))
    assert promise.due_at == at(month, due, 17)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("Oregon", "OR"),
        (" oregon ", "OR"),
        ("OR", "OR"),
        ("Ore.", "OR"),
        ("D.C.", "DC"),
        ("New York", "NY"),
        ("Bavaria", ""),
        ("AE", ""),
        ("", ""),
    ],
)
def test_a_state_is_known_however_it_is_written(written, code):
    assert state_code(written) == code


def test_the_due_time_keeps_its_hour_when_the_clocks_change():
    """The clocks go forward on the 8th of March 2026 in Portland."""
    due = promise_for(FRIDAY, practice(1)).due_at
    assert due
    assert due.astimezone(datetime.UTC).hour == 0
    assert due.astimezone(practice(0).zone).hour == 17


moments = st.datetimes(
    datetime.datetime(2020, 1, 1), datetime.datetime(2045, 1, 1), timezones=st.just(datetime.UTC)
)
weeks = st.dictionaries(
    st.sampled_from(["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
    st.times(datetime.time(10), datetime.time(22)),
)
states = st.sampled_from(["", "Oregon", "TX", "california", "Ontario"])
zones = st.sampled_from(["America/Los_Angeles", "America/New_York", "Pacific/Honolulu", ""])


@given(moments, st.integers(0, 40), weeks, states, zones)
def test_the_reply_day_is_so_many_business_days_on(moment, count, week, state, zone):
    settings = practice(count, [([day], closes) for day, closes in week.items()], state, zone)
    days = BusinessDays.of(settings)
    due = promise_for(moment, settings).due_at
    assert due
    local = moment.astimezone(settings.zone)
    last = due.astimezone(settings.zone).date()
    assert last in days
    assert last not in holidays_of(last.year, "")
    assert due.time() == days.closing[last.weekday()]
    assert due > moment
    between = [
        day
        for n in range(1, (last - local.date()).days + 1)
        if (day := local.date() + datetime.timedelta(days=n)) in days
    ]
    is_in_time = local.date() in days and local.time() < days.closing[local.weekday()]
    assert len(between) == count + (0 if is_in_time else 1)


@given(moments, st.integers(0, 20), weeks)
def test_who_writes_later_is_never_promised_an_earlier_day(moment, count, week):
    settings = practice(count, [([day], closes) for day, closes in week.items()])
    first = promise_for(moment, settings).due_at
    later = promise_for(moment + datetime.timedelta(hours=7), settings).due_at
    assert first
    assert later
    assert first <= later
