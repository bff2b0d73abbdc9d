"""What can be done to one inquiry from its page."""

import datetime
from collections.abc import Iterator

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from contact.models import AuditEntry, Inquiry, Note, Notice, Status, Suspicion
from tests.practice import set_practice

from .conftest import account_of

NOW = datetime.datetime(2026, 3, 4, 20, tzinfo=datetime.UTC)  # A Wednesday.


@pytest.fixture
def that_day() -> Iterator[None]:
    """It is `NOW`, before anybody signs in: who did later than now is signed out."""
    with time_machine.travel(NOW, tick=False):
        yield


def only() -> Inquiry:
    return Inquiry.objects.get()


def details() -> list[dict]:
    """What the trail says was changed."""
    return [entry.detail for entry in AuditEntry.objects.filter(action="changed")]


def test_an_inquiry_is_taken_by_one_click(take, triager):
    take("take")
    assert only().assigned_to == account_of(triager)
    assert details() == [{"owner": ["", "intake-team@example.org"]}]


def test_an_inquiry_is_given_away_and_put_back(take, owner):
    take("assign", owner=account_of(owner).pk)
    assert only().assigned_to == account_of(owner)
    take("assign", owner="")
    assert only().assigned_to is None


def test_nobody_outside_triage_can_be_given_an_inquiry(take, editor):
    html = take("assign", owner=account_of(editor).pk)
    assert "Choose a colleague from the list." in html
    assert only().assigned_to is None


@pytest.mark.parametrize(
    ("kind", "status", "has_heard"),
    [
        ("talked", "in_conversation", True),
        ("voicemail", "contact_attempted", True),
        ("no_answer", "contact_attempted", False),
        ("wrote", "contact_attempted", True),
        ("unreachable", "contact_attempted", False),
    ],
)
def test_an_attempt_is_written_down_and_moves_a_new_inquiry_on(
    take, triager, kind, status, has_heard
):
    html = take("attempt", kind=kind, text="Sounded relieved.", follow_up="")
    assert "Sounded relieved." in html
    assert (only().status, Note.objects.get().kind) == (status, kind)
    assert bool(only().answered_at) == has_heard
    assert only().assigned_to == account_of(triager)
    assert "relieved" not in str(list(AuditEntry.objects.values()))


def test_an_attempt_does_not_move_a_later_status_back(take, inquiry):
    Inquiry.objects.update(status=Status.BOOKED)
    take("attempt", kind="voicemail", follow_up="")
    assert only().status == Status.BOOKED


def test_talking_after_an_attempt_is_a_conversation(take):
    take("attempt", kind="voicemail", follow_up="")
    take("attempt", kind="talked", follow_up="")
    assert only().status == Status.IN_CONVERSATION


@pytest.mark.usefixtures("that_day")
def test_an_attempt_offers_a_day_to_come_back_and_nobody_falls_out_of_the_clock(
    take, inquiry, triager
):
    set_practice(time_zone="America/Los_Angeles")
    page = triager.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    offered = page.context["forms"]["attempt"].initial["follow_up"]
    assert offered == datetime.date(2026, 3, 5)
    take("attempt", kind="no_answer", follow_up=str(offered))
    assert only().due_at == datetime.datetime(2026, 3, 6, 1, tzinfo=datetime.UTC)  # Five o'clock.


def test_an_attempt_needs_to_say_what_it_was_and_keeps_what_was_typed(take):
    html = take("attempt", text="A long story.", follow_up="2999-01-01")
    assert "Choose what you did." in html
    assert "A long story." in html
    assert 'value="2999-01-01"' in html
    assert not Note.objects.exists()


def test_a_follow_up_makes_it_due_and_its_reason_is_sealed(take):
    html = take("follow-up", day="2999-01-04", reason="Back from a journey.")
    assert "Back from a journey." in html
    assert only().due_at.year == 2999
    assert details() == [{"follow_up": "2999-01-04"}]
    assert "journey" not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize(
    ("day", "reason", "told"),
    [
        ("2020-01-01", "Why.", "Choose today or a later day."),
        ("soon", "Why.", "Write the day like 2026-11-23."),
        ("", "Why.", "Choose the day."),
        ("2999-01-04", "", "Write down why"),
    ],
)
def test_a_follow_up_that_cannot_be_is_told_beside_the_field(take, day, reason, told):
    html = take("follow-up", day=day, reason=reason)
    assert html.count(told) == 2  # On top, and beside the field.
    assert only().follow_up_at is None


def test_a_hold_needs_a_reason_keeps_it_sealed_and_is_lifted_by_who_may_remove(take, owner):
    assert "Write down why it must be kept." in take("hold", reason="")
    assert "A complaint is open." in take("hold", reason="A complaint is open.")
    assert only().on_hold
    take("lift-hold")
    assert only().on_hold
    assert "complaint" not in take("lift-hold", browser=owner)
    assert not only().on_hold
    assert only().hold_reason == ""
    assert details() == [{"hold": True}, {"hold": False}]


@pytest.mark.parametrize("wants", [True, False])
def test_who_is_rescued_gets_the_mail_that_they_asked_for_once(take, inquiry, wants):
    inquiry.put_aside(Suspicion.LINKS)
    inquiry.wants_acknowledgement = wants
    inquiry.save()
    take("rescue")
    take("put-aside")
    take("rescue")
    assert not only().quarantined
    assert Notice.objects.count() == wants


def test_what_is_put_aside_says_why_and_is_not_open(take, inquiry, triager):
    take("put-aside")
    html = triager.get(reverse("inquiry:inspect", args=[inquiry.pk])).text
    assert "a colleague put it aside" in html
    assert inquiry.reference not in triager.get("/admin/inquiries/").text


@pytest.mark.parametrize(("step", "data"), [("status", {"status": "closed"}), ("take", {})])
def test_who_was_slower_is_told_and_nothing_is_overwritten(take, inquiry, step, data):
    old = inquiry.changed_at.isoformat()
    Inquiry.objects.update(status=Status.BOOKED, changed_at=timezone.now())
    html = take(step, **data, version=old)
    assert "A colleague has changed this inquiry meanwhile." in html
    assert (only().status, only().assigned_to) == (Status.BOOKED, None)
    second = take(step, **data, version=only().changed_at.isoformat())
    assert "A colleague has changed" not in second


def test_a_note_is_never_refused_for_a_colleagues_change(take, inquiry):
    Inquiry.objects.update(changed_at=timezone.now())
    take("note", text="Still useful.", version="old")
    assert Note.objects.get().text == "Still useful."


def test_what_is_too_long_is_told_and_kept(take):
    html = take("note", text="x" * 5001)
    assert "at most 5000 characters" in html
    assert "x" * 5001 in html


def test_others_who_have_it_open_are_told(inquiry, triager, owner):
    page = reverse("inquiry:inspect", args=[inquiry.pk])
    assert "may be working on it" not in triager.get(page).text
    assert "intake-team@example.org opened this" in owner.get(page).text
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert "intake-team@example.org opened this" not in owner.get(page).text


def test_a_step_on_an_inquiry_that_is_gone_is_not_found(inquiry, triager):
    url = reverse("inquiry:note", args=[inquiry.pk])
    inquiry.delete()
    assert triager.post(url, {"text": "x"}).status_code == 404
