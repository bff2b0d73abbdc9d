"""The figures of a period, against examples worked out by hand."""

import datetime

import pytest
from django.utils import timezone

from contact.models import Status, Suspicion
from contact.oversight.figures import Figures, Period, Tally, spoken

from .conftest import ZONE, at, came_in


def figures(weeks: int = 4) -> Figures:
    return Figures.of(Period.last(weeks, timezone.localtime(timezone=ZONE)))


def test_a_period_is_whole_weeks_that_begin_on_monday(wednesday):
    period = Period.last(4, wednesday)
    assert period == (at(26, 0, month=10), wednesday)
    assert [f"{day:%b %d}" for day in period.mondays] == ["Oct 26", "Nov 02", "Nov 09", "Nov 16"]


@pytest.mark.parametrize("weeks", [4, 12, 26, 52])
def test_a_period_has_as_many_weeks_as_asked_for_on_any_day(weeks):
    for day in range(1, 29):  # The clocks change on the first.
        assert len(Period.last(weeks, at(day)).mondays) == weeks


def test_nothing_at_all_is_nothing(wednesday):
    empty = figures()
    assert empty[:8] == (0,) * 8
    assert empty.median is None
    assert empty.by_topic == []
    assert [tally.number for tally in empty.by_week] == [0, 0, 0, 0]


def test_a_week_ends_at_midnight_where_the_practice_is(wednesday):
    came_in(at(15, 23, 30))  # Sunday there, Monday in UTC.
    came_in(at(16, 0, 0))
    came_in(at(25, 23, 59, month=10))  # Before the period, and in UTC within it.
    assert figures().by_week == [
        Tally("Oct 26", 0),
        Tally("Nov 2", 0),
        Tally("Nov 9", 1),
        Tally("Nov 16", 1),
    ]


def test_an_hour_that_comes_twice_belongs_to_its_week(wednesday):
    came_in(at(1, 23, 30))  # Sunday, eight hours behind UTC since that morning.
    assert figures().by_week[0] == Tally("Oct 26", 1)


def test_a_worked_example(wednesday):
    promised = at(17, 17)
    came_in(at(16), reply_by=promised, answered_at=at(17, 17), status=Status.BOOKED)
    came_in(at(16), reply_by=promised, answered_at=at(17, 17, 1), status=Status.CLOSED)
    came_in(at(16), reply_by=promised)  # Late.
    came_in(at(17), reply_by=at(18, 17), answered_at=at(17, 11), status=Status.IN_CONVERSATION)
    came_in(at(17), reply_by=at(18, 17))  # The day has not come.
    came_in(at(17))  # Nothing was promised.
    found = figures()
    assert (found.received, found.in_time, found.due) == (6, 2, 4)
    assert (found.waiting, found.late, found.answered) == (3, 1, 3)
    assert found.median == datetime.timedelta(days=1, hours=8)
    assert found.percent_in_time == 50


def test_between_two_people_in_the_middle_the_median_is_half_way(wednesday):
    for hours in (1, 2, 4, 100):
        came_in(at(9), answered_at=at(9) + datetime.timedelta(hours=hours))
    assert figures().median == datetime.timedelta(hours=3)


def test_somebody_whose_inquiry_is_finished_waits_no_more(wednesday):
    came_in(at(16), reply_by=at(17), status=Status.CLOSED)
    found = figures()
    assert (found.waiting, found.late) == (0, 0)
    assert (found.in_time, found.due) == (0, 1)


def test_spam_and_what_is_put_aside_and_merged_is_not_received(wednesday):
    first = came_in(at(16), topic="Cost")
    came_in(at(16), status=Status.CLOSED, duplicate_of=first)
    came_in(at(16), status=Status.SPAM)
    came_in(at(16), quarantined=True, quarantine_reasons=[Suspicion.TRAP])
    found = figures()
    assert found.received == found.waiting == 1
    assert found.by_topic == [Tally("Cost", 1)]
    assert sum(tally.number for tally in found.by_week) == 1


def test_what_was_rescued_counts_as_received_and_as_put_aside(wednesday):
    came_in(at(16), quarantine_reasons=[Suspicion.LINKS])
    came_in(at(16), quarantined=True, quarantine_reasons=[Suspicion.LINKS])
    came_in(at(16), status=Status.SPAM, quarantine_reasons=[Suspicion.LINKS])
    came_in(at(16))
    found = figures()
    assert (found.put_aside, found.rescued, found.received) == (3, 1, 2)


def test_topics_come_by_number_and_then_by_name(wednesday):
    for topic in ("Starting", "", "Cost", "Starting", "Another"):
        came_in(at(16), topic=topic)
    assert figures().by_topic == [
        Tally("Starting", 2),
        Tally("No topic chosen", 1),
        Tally("Another", 1),
        Tally("Cost", 1),
    ]


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ({}, "less than an hour"),
        ({"minutes": 29}, "less than an hour"),
        ({"minutes": 31}, "1 hour"),
        ({"hours": 26, "minutes": 20}, "26 hours"),
        ({"hours": 48}, "2 days"),
        ({"days": 3, "hours": 1}, "3 days 1 hour"),
        ({"days": 3, "hours": 5}, "3 days 5 hours"),
    ],
)
def test_a_length_of_time_reads_as_people_say_it(length, words):
    assert spoken(datetime.timedelta(**length)) == words


def test_figures_take_as_many_queries_for_more_inquiries(wednesday, django_assert_num_queries):
    for number in range(12):
        came_in(at(9 + number % 8), topic=f"Topic {number}", answered_at=at(18))
    with django_assert_num_queries(4):
        assert figures().received == 12


def test_each_week_and_each_topic_says_how_people_were_answered(wednesday):
    promised = {"topic": "Cost", "reply_by": at(11)}
    came_in(at(10), answered_at=at(10, 11), **promised)
    came_in(at(10), answered_at=at(12, 9), **promised)
    came_in(at(17), topic="Starting", reply_by=at(30))  # Its day has not come.
    hours = datetime.timedelta(hours=1)
    found = figures()
    assert found.by_topic == [Tally("Cost", 2, 2, 1, 25 * hours), Tally("Starting", 1)]
    assert found.by_week[2:] == [Tally("Nov 9", 2, 2, 1, 25 * hours), Tally("Nov 16", 1)]
