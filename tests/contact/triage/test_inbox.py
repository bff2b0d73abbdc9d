"""The inbox: its tabs and filters, what it counts, and what it never shows."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.utils import timezone

from contact import counting
from contact.clock import clock
from contact.models import Inquiry, Status, Suspicion
from tests.practice import set_practice

from .conftest import account_of

INBOX = "/admin/inquiries/"
NOW = datetime.datetime(2026, 3, 4, 20, tzinfo=datetime.UTC)  # A Wednesday, noon in Portland.
AN_HOUR = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)


@pytest.fixture
def that_day() -> Iterator[None]:
    """It is `NOW`, before anybody signs in: who did later than now is signed out."""
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def listed(triager):
    """A function: the references in the inbox at these filters, in their order."""

    def look(browser=triager, **query) -> list[str]:
        table = browser.get(INBOX, query).context["table"]
        return [row.instance.reference for row in table.rows]

    return look


def put_aside(inquiry: Inquiry) -> Inquiry:
    inquiry.put_aside(Suspicion.LINKS)
    inquiry.save()
    return inquiry


def test_what_is_open_is_listed_and_what_is_put_aside_or_finished_is_not(write_in, listed):
    waiting = write_in()
    put_aside(write_in())
    write_in(status=Status.CLOSED)
    assert listed() == listed(tab="open") == [waiting.reference]


def test_mine_are_mine(write_in, listed, triager, owner):
    mine = write_in(assigned_to=account_of(triager))
    write_in(assigned_to=account_of(owner))
    write_in(assigned_to=account_of(triager), status=Status.CLOSED)
    assert listed(tab="mine") == [mine.reference]


def test_the_unassigned_are_nobodys(write_in, listed, owner):
    nobodys = write_in()
    write_in(assigned_to=account_of(owner))
    assert listed(tab="unassigned") == [nobodys.reference]


@pytest.mark.usefixtures("that_day")
def test_the_late_are_over_their_time(write_in, listed):
    late = write_in(reply_by=NOW - AN_HOUR)
    write_in(reply_by=NOW + AN_HOUR)
    put_aside(write_in(reply_by=NOW - AN_HOUR))
    write_in()
    assert listed(tab="late") == [late.reference]


def test_possible_spam_has_a_list_of_its_own(write_in, listed):
    suspect = put_aside(write_in())
    write_in()
    assert listed(tab="spam") == [suspect.reference]


def test_all_are_all(write_in, listed):
    expected = {write_in().reference, put_aside(write_in()).reference}
    expected.add(write_in(status=Status.SPAM).reference)
    assert set(listed(tab="all")) == expected


@pytest.mark.parametrize("tab", ["nonsense", "", "all'"])
def test_a_tab_that_does_not_exist_is_the_first_one(write_in, listed, tab):
    waiting = write_in()
    write_in(status=Status.CLOSED)
    assert listed(tab=tab) == [waiting.reference]


def test_a_tab_says_how_many_are_in_it(write_in, triager):
    for _number in range(3):
        write_in()
    tabs = {str(tab.label): tab for tab in triager.get(INBOX).context["tabs"]}
    assert [tabs[name].number for name in ("Open", "Mine", "Unassigned")] == ["3", "0", "3"]
    assert tabs["Open"].is_current


def test_nobody_is_counted_beyond_what_people_read(write_in, monkeypatch):
    monkeypatch.setattr(counting, "MOST_COUNTED", 2)
    for _number in range(4):
        write_in()
    assert counting.bounded_count(Inquiry.objects.all()) == "2+"


def test_filters_narrow_a_tab(write_in, listed, triager):
    chosen = write_in(status=Status.BOOKED, topic="Starting KAP", assigned_to=account_of(triager))
    write_in(status=Status.BOOKED, topic="Starting KAP")
    write_in(status=Status.NEW, topic="Starting KAP", assigned_to=account_of(triager))
    write_in(status=Status.BOOKED, assigned_to=account_of(triager))
    owner = account_of(triager).pk
    assert listed(status="booked", topic="Starting KAP", owner=owner) == [chosen.reference]


def test_inquiries_of_nobody_can_be_filtered(write_in, listed, triager):
    nobodys = write_in()
    write_in(assigned_to=account_of(triager))
    assert listed(owner="nobody") == [nobodys.reference]


@pytest.mark.usefixtures("that_day")
@pytest.mark.parametrize(
    ("due", "numbers"), [("late", [0]), ("today", [0, 1]), ("week", [0, 1, 2]), ("never", [4])]
)
def test_the_due_filter_thinks_in_days_of_the_practice(write_in, listed, due, numbers):
    set_practice(time_zone="America/Los_Angeles")
    moments = [NOW - AN_HOUR, NOW + 4 * AN_HOUR, NOW + 2 * A_DAY, NOW + 9 * A_DAY, None]
    rows = [write_in(reply_by=moment) for moment in moments]
    assert listed(due=due) == [rows[number].reference for number in numbers]


def test_received_days_are_days_of_the_practice(write_in, listed):
    set_practice(time_zone="America/Los_Angeles")
    late_on_tuesday = write_in(created_at=datetime.datetime(2026, 3, 4, 7, tzinfo=datetime.UTC))
    write_in(created_at=datetime.datetime(2026, 3, 4, 9, tzinfo=datetime.UTC))
    found = listed(received_from="2026-03-03", received_to="2026-03-03")
    assert found == [late_on_tuesday.reference]


@pytest.mark.parametrize(("answer", "number"), [("True", 1), ("False", 0)])
def test_the_spam_check_can_be_filtered(write_in, listed, answer, number):
    rows = [write_in(), put_aside(write_in())]
    assert listed(tab="all", quarantined=answer) == [rows[number].reference]


def test_a_filter_that_makes_no_sense_is_told_and_opens_nothing_finished(write_in, triager):
    write_in(status=Status.CLOSED)
    response = triager.get(INBOX, {"due": "nonsense"})
    assert "nonsense is not one of the available choices" in response.text
    assert not list(response.context["table"].rows)


def test_an_empty_inbox_says_that_nobody_waits(db, triager):
    assert "Nobody is waiting." in triager.get(INBOX).text


@pytest.mark.parametrize(
    ("minutes", "words", "is_late"),
    [
        (180, "due in 3 h", False),
        (-120, "2 h late", True),
        (45, "due in 45 min", False),
        (-1, "1 min late", True),
        (47 * 60, "due in 47 h", False),
        (3 * 24 * 60, "due in 3 days", False),
        (-49 * 60, "2 days late", True),
    ],
)
def test_the_due_clock_is_told_in_words(minutes, words, is_late):
    due_at = NOW + datetime.timedelta(minutes=minutes)
    assert clock(due_at, NOW) == (words, is_late)


def test_nothing_planned_needs_no_words():
    assert clock(None, timezone.now()) == ("", False)


@pytest.mark.usefixtures("that_day")
def test_the_clock_and_the_day_stand_in_the_list_in_the_practices_zone(write_in, triager):
    set_practice(time_zone="America/Los_Angeles")
    write_in(reply_by=NOW + 3 * AN_HOUR)
    html = triager.get(INBOX).text
    assert "due in 3 h" in html
    assert "Wed, Mar 4, 3 p.m." in html


def test_the_menu_says_how_many_wait_for_a_first_reply(write_in, triager, editor):
    write_in()
    write_in(answered_at=timezone.now())
    put_aside(write_in())
    assert "Inquiries (1)" in triager.get("/admin/").text
    assert "Inquiries (" not in editor.get("/admin/").text


def test_the_first_page_says_what_waits_to_whoever_may_see_it(write_in, triager, editor):
    write_in(reply_by=timezone.now() - AN_HOUR)
    put_aside(write_in(created_at=timezone.now()))
    html = triager.get("/admin/").text
    for line in (
        "<strong>1</strong> late",
        "<strong>1</strong> put aside as possible spam, 1 of them today",
    ):
        assert line in html
    assert "put aside" not in editor.get("/admin/").text


def test_what_was_put_aside_earlier_still_waits_on_the_first_page(write_in, triager):
    put_aside(write_in(created_at=timezone.now() - 3 * A_DAY))
    assert "<strong>1</strong> put aside as possible spam, 0 of them" in triager.get("/admin/").text


def test_the_list_says_how_to_reach_somebody(write_in, triager):
    write_in(contact_by="phone", best_time="evening")
    assert "By phone, In the evening" in triager.get(INBOX).text
