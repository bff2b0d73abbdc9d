"""The inquiry: its reference, the moves of its status, its clock, its removal day, its index."""

import datetime
import zoneinfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.models import BlindTerm, Inquiry, Kind, MoveNotAllowed, Status, TriageSettings
from contact.models.blind import name_words, normal_email, normal_phone, with_prefixes
from contact.models.inquiry import REFERENCE_ALPHABET, make_reference
from contact.models.status import ANSWERED, FINISHED, MOVES, OPEN

NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
A_DAY = datetime.timedelta(days=1)
LATER = NOW + 3 * A_DAY


def test_a_reference_is_eight_clear_characters():
    assert not set(REFERENCE_ALPHABET) & set("0O1IL2Z5S8BU")
    reference = make_reference()
    assert [len(part) for part in reference.split("-")] == [4, 4]
    assert set(reference) <= {*REFERENCE_ALPHABET, "-"}
    assert len({make_reference() for _attempt in range(1000)}) == 1000


def test_every_status_is_open_or_finished_and_leads_somewhere():
    assert set(MOVES) == set(Status) == OPEN | FINISHED
    assert all(targets and source not in targets for source, targets in MOVES.items())


@pytest.mark.parametrize(("status", "days"), [("closed", 365), ("referred", 365), ("spam", 30)])
def test_a_finished_inquiry_has_its_removal_day(db, status, days):
    inquiry = Inquiry()
    inquiry.move_to(Status(status), NOW)
    assert inquiry.removal_day(datetime.UTC) == NOW.date() + datetime.timedelta(days=days)
    assert inquiry.closed_at == NOW


def test_the_removal_day_is_counted_in_the_practices_zone(db):
    inquiry = Inquiry()
    inquiry.move_to(Status.SPAM, NOW.replace(hour=2))
    in_portland = inquiry.removal_day(zoneinfo.ZoneInfo("America/Los_Angeles"))
    assert in_portland == NOW.date() + datetime.timedelta(days=29)


def test_how_long_inquiries_are_kept_is_a_setting(db):
    settings = TriageSettings.load()
    settings.keep_spam_days = 7
    settings.save()
    inquiry = Inquiry()
    inquiry.move_to(Status.SPAM, NOW)
    assert inquiry.removal_day(datetime.UTC) == NOW.date() + datetime.timedelta(days=7)


def test_an_inquiry_that_is_opened_again_is_kept(db):
    inquiry = Inquiry(reply_by=LATER)
    inquiry.move_to(Status.CLOSED, NOW)
    inquiry.move_to(Status.IN_CONVERSATION, NOW)
    assert inquiry.removal_day(datetime.UTC) is None
    assert inquiry.closed_at is None


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.NEW}))
def test_the_promised_reply_is_due_until_the_person_has_heard_or_it_is_over(status):
    inquiry = Inquiry(reply_by=LATER)
    inquiry.reckon_due()
    assert inquiry.due_at == LATER
    inquiry.move_to(status, NOW)
    assert bool(inquiry.answered_at) == (status in ANSWERED)
    assert inquiry.due_at == (LATER if status == Status.CONTACT_ATTEMPTED else None)


def test_who_was_not_reached_is_due_on_the_day_of_the_next_try_and_unanswered():
    inquiry = Inquiry(reply_by=NOW, status=Status.CONTACT_ATTEMPTED)
    inquiry.follow_up(LATER)
    assert (inquiry.due_at, inquiry.answered_at) == (LATER, None)
    inquiry.follow_up(None)
    assert inquiry.due_at == NOW


def test_what_is_due_first_counts():
    inquiry = Inquiry(reply_by=LATER)
    inquiry.follow_up(NOW)
    assert inquiry.due_at == NOW
    inquiry.follow_up(LATER + A_DAY)
    assert inquiry.due_at == LATER
    inquiry.move_to(Status.CONTACT_ATTEMPTED, NOW)
    assert inquiry.due_at == LATER + A_DAY
    inquiry.move_to(Status.CLOSED, NOW)
    assert (inquiry.due_at, inquiry.follow_up_at) == (None, None)


def test_the_first_answer_is_the_one_that_counts():
    inquiry = Inquiry()
    inquiry.move_to(Status.IN_CONVERSATION, NOW)
    inquiry.move_to(Status.BOOKED, LATER)
    assert inquiry.answered_at == NOW


@pytest.mark.parametrize("status", [Status.NEW, Status.IN_CONVERSATION, Status.REFERRED])
def test_a_merged_inquiry_goes_back_to_where_it_was(db, status):
    first, second = Inquiry(reply_by=LATER), Inquiry(reply_by=LATER, status=status)
    second.closed_at = None if Status(status).is_open else NOW
    second.reckon_due()
    before = (second.status, second.closed_at, second.due_at)
    second.merge_into(first, LATER)
    assert (second.status, second.duplicate_of, second.due_at) == (Status.CLOSED, first, None)
    assert second.removal_day(datetime.UTC)
    second.unmerge()
    assert (second.status, second.closed_at, second.due_at) == before


def test_a_move_that_is_not_written_down_is_refused():
    inquiry = Inquiry(status=Status.SPAM)
    with pytest.raises(MoveNotAllowed):
        inquiry.move_to(Status.BOOKED, NOW)
    assert inquiry.status == Status.SPAM


def test_inquiries_come_by_due_time_and_those_without_one_last(db):
    days = [None, 3, 1]
    for day in days:
        due = NOW + datetime.timedelta(days=day) if day else None
        Inquiry(name="", contact_by="email", due_at=due).save()
    found = [row.due_at and row.due_at.day for row in Inquiry.objects.by_due_time()]
    assert found == [3, 5, None]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (Kind.EMAIL, normal_email(" ADA@example.org")),
        (Kind.PHONE, normal_phone("+1 (503) 555-0100;ext=4")),
        (Kind.NAME, "ada"),
        (Kind.NAME, "lov"),
        (Kind.NAME, "lovelace"),
    ],
)
def test_an_inquiry_is_found_by_its_blind_index(inquiry, kind, value):
    assert [term.inquiry for term in BlindTerm.objects.matching(kind, value)] == [inquiry]


@pytest.mark.parametrize(
    ("kind", "value"),
    [(Kind.EMAIL, "ada"), (Kind.NAME, "lo"), (Kind.NAME, "love lace"), (Kind.PHONE, "ada")],
)
def test_an_inquiry_is_not_found_by_anything_else(inquiry, kind, value):
    assert not BlindTerm.objects.matching(kind, value)


def test_the_index_says_nothing_in_clear(inquiry):
    stored = " ".join(BlindTerm.objects.values_list("term", flat=True))
    assert "lovelace" not in stored
    assert "5035550100" not in stored


@given(st.text())
def test_a_name_is_found_however_it_is_accented_and_capitalised(name):
    assert name_words(name) >= name_words(name.casefold())
    assert with_prefixes(name_words(name)) >= name_words(name)


@pytest.mark.parametrize(
    ("name", "word"), [("José Ñandú", "jose"), ("李小龍", "李小龍"), ("O'Brien", "brien")]
)
def test_names_in_any_script_have_words(name, word):
    assert word in name_words(name)
