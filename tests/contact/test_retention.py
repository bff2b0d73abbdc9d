"""Removal on its day, and not before."""

import datetime

import pytest

from contact import audit
from contact.models import AuditEntry, BlindTerm, Inquiry, Note, Status, TriageSettings
from contact.retention import remove_due
from pages.models import PracticeSettings

TODAY = datetime.date(2026, 3, 2)


def kept_until(day: datetime.date | None, **fields) -> Inquiry:
    """An inquiry that was closed a year before the day, or is open."""
    inquiry = Inquiry(name="Ada", contact_by="email", **fields)
    if day:
        close_a_year_before(day, inquiry)
    inquiry.save()
    return inquiry


def close_a_year_before(day: datetime.date, inquiry: Inquiry) -> None:
    """Close it a minute after midnight in the practice's zone."""
    moment = datetime.datetime.combine(day, datetime.time(0, 1), PracticeSettings.load().zone)
    inquiry.move_to(Status.CLOSED, moment - datetime.timedelta(days=365))


@pytest.mark.parametrize(("days", "removed"), [(-400, 1), (0, 1), (1, 0)])
def test_an_inquiry_goes_on_its_day(db, days, removed):
    kept_until(TODAY + datetime.timedelta(days=days))
    assert remove_due(TODAY) == removed
    assert Inquiry.objects.count() == 1 - removed


def test_open_inquiries_and_held_ones_stay(db):
    kept_until(None)
    kept_until(TODAY, on_hold=True, hold_reason="A complaint is open.")
    assert remove_due(TODAY) == 0


def test_a_shorter_time_counts_for_those_that_are_finished_already(db):
    kept_until(TODAY + datetime.timedelta(days=300))
    settings = TriageSettings.load()
    settings.keep_closed_days = 60
    settings.save()
    assert remove_due(TODAY) == 1


def test_nothing_stays_but_the_reference_in_the_trail(inquiry):
    Note(inquiry=inquiry, text="A private note.").save()
    close_a_year_before(TODAY, inquiry)
    inquiry.save()
    assert remove_due(TODAY) == 1
    assert not any(model.objects.exists() for model in (Inquiry, Note, BlindTerm))
    assert [(e.action, e.reference) for e in AuditEntry.objects.all()] == [
        ("removed", inquiry.reference)
    ]
    assert audit.verify().whole


def test_many_are_removed_in_batches(db):
    for _number in range(7):
        kept_until(TODAY)
    assert remove_due(TODAY, batch=3) == 7
