"""The inquiry: its reference, the moves of its status, its removal day, its blind index."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.models import BlindTerm, Inquiry, Kind, MoveNotAllowed, Status
from contact.models.blind import name_words, normal_email, normal_phone, with_prefixes
from contact.models.inquiry import REFERENCE_ALPHABET, make_reference
from contact.models.status import FINISHED, KEPT_DAYS, MOVES, OPEN

NOW = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def test_a_reference_is_eight_clear_characters():
    assert not set(REFERENCE_ALPHABET) & set("0O1IL2Z5S8BU")
    reference = make_reference()
    assert [len(part) for part in reference.split("-")] == [4, 4]
    assert set(reference) <= {*REFERENCE_ALPHABET, "-"}
    assert len({make_reference() for _attempt in range(1000)}) == 1000


def test_every_status_is_open_or_finished_and_leads_somewhere():
    assert set(MOVES) == set(Status) == OPEN | FINISHED
    assert all(targets and source not in targets for source, targets in MOVES.items())
    assert set(KEPT_DAYS) == FINISHED


@pytest.mark.parametrize(("status", "days"), [("closed", 365), ("referred", 365), ("spam", 30)])
def test_a_finished_inquiry_gets_its_removal_day(status, days):
    inquiry = Inquiry()
    inquiry.move_to(Status(status), NOW)
    assert inquiry.remove_on == NOW.date() + datetime.timedelta(days=days)
    assert inquiry.closed_at == NOW


def test_an_inquiry_that_is_opened_again_is_kept():
    inquiry = Inquiry()
    inquiry.move_to(Status.CLOSED, NOW)
    inquiry.move_to(Status.IN_CONVERSATION, NOW)
    assert inquiry.remove_on is None
    assert inquiry.closed_at is None


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
