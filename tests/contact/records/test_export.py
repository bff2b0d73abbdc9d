"""The export: asked for with a reason, written down first, and never more than was asked for."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact import audit
from contact.models import AuditEntry, Inquiry
from contact.records import export as export_module
from tests.practice import set_practice

from ..opening import instead_of_opening
from ..test_fields import overwrite
from .conftest import address, export

MOMENT = datetime.datetime(2026, 3, 2, 6, 30, tzinfo=datetime.UTC)  # Still March 1 in Denver.


def content(response) -> str:
    return response.getvalue().decode()


@pytest.mark.parametrize("kind", ["csv", "fhir"])
def test_an_export_is_a_file_with_a_neutral_name(inquiry, owner, kind):
    response = export(owner, format=kind)
    suffix = {"csv": "csv", "fhir": "json"}[kind]
    assert response.streaming
    disposition = response["Content-Disposition"]
    assert disposition.startswith('attachment; filename="inquiries-2')
    assert disposition.endswith(f'.{suffix}"')
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]


def test_the_trail_says_who_exported_what_and_why(inquiry, owner):
    asked = {"ticket": "2026-118/B", "received_until": "2100-01-31", "status": ["new"]}
    content(export(owner, reason="authority", **asked))
    done, seen = AuditEntry.objects.all()
    assert (done.action, done.actor) == ("exported", "owner@example.org")
    assert done.detail == {
        "format": "csv",
        "reason": "authority",
        "ticket": "2026-118/B",
        "count": 1,
        "received": ["", "2100-01-31"],
        "status": ["new"],
    }
    assert (seen.action, seen.reference) == ("shown", inquiry.reference)
    assert seen.detail == {"export": done.sequence}
    assert audit.verify().whole


def test_everything_is_written_down_for_good_before_anything_is_opened(inquiry, owner, monkeypatch):
    seen = []
    depth = len(connection.savepoint_ids)

    def open_and_look(self, token, place):
        actions = AuditEntry.objects.values_list("action", flat=True)
        seen.append((len(connection.savepoint_ids) - depth, *actions))
        return "text"

    instead_of_opening(monkeypatch, open_and_look)
    content(export(owner))
    assert set(seen) == {(0, "exported", "shown")}  # In no transaction that could take it back.


def test_nothing_is_released_when_it_cannot_be_written_down(inquiry, owner, monkeypatch):
    opened = []
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    monkeypatch.setattr(AuditEntry, "save", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(owner)
    assert not opened


def test_a_download_that_is_broken_off_has_entries_for_what_it_opened(
    make_inquiry, owner, monkeypatch
):
    monkeypatch.setattr(export_module, "BATCH", 2)
    for _number in range(5):
        make_inquiry()
    parts = iter(export(owner))
    next(parts), next(parts)  # The headings and the first row.
    assert AuditEntry.objects.filter(action="shown").count() == 2


@pytest.mark.parametrize("kind", ["csv", "fhir"])
def test_every_inquiry_is_released_once_however_many_batches(
    make_inquiry, owner, monkeypatch, kind
):
    monkeypatch.setattr(export_module, "BATCH", 2)
    references = [make_inquiry(created_at=MOMENT).reference for _number in range(5)]
    text = content(export(owner, format=kind))
    times = {"csv": 1, "fhir": 2}[kind]
    assert [text.count(reference) for reference in references] == [times] * 5


def test_a_batch_is_read_with_two_queries_however_many_rows(make_inquiry, owner, monkeypatch):
    monkeypatch.setattr(export_module, "BATCH", 10)
    for _number in range(20):
        make_inquiry()
    response = export(owner)
    with CaptureQueriesContext(connection) as captured:
        content(response)
    tables = ('FROM "contact_inquiry"', 'FROM "contact_note"')
    read = [query for query in captured if any(table in query["sql"] for table in tables)]
    assert len(read) == 5  # Two batches, and the look whether there is a third.


def test_only_what_was_asked_for_is_released(make_inquiry, owner):
    set_practice(time_zone="America/Denver")
    wanted = make_inquiry(created_at=MOMENT, status="closed", closed_at=MOMENT)
    others = [
        make_inquiry(created_at=MOMENT),
        make_inquiry(created_at=MOMENT + datetime.timedelta(days=1), status="closed"),
        make_inquiry(created_at=MOMENT - datetime.timedelta(days=1), status="closed"),
    ]
    day = {"received_from": "2026-03-01", "received_until": "2026-03-01"}
    text = content(export(owner, status=["closed"], **day))
    assert wanted.reference in text
    assert not any(other.reference in text for other in others)


def test_what_arrives_during_the_download_is_not_in_it(inquiry, make_inquiry, owner):
    response = export(owner)
    later = make_inquiry()
    assert later.reference not in content(response)


@pytest.mark.parametrize("kind", ["csv", "fhir"])
def test_a_row_that_cannot_be_opened_spoils_nothing(inquiry, make_inquiry, owner, kind):
    overwrite(inquiry, "damaged")
    make_inquiry(message="The rest goes on.")
    text = content(export(owner, format=kind))
    assert {"csv": "cannot be opened", "fhir": "data-absent-reason"}[kind] in text
    assert "Ada Lovelace" in text
    assert "The rest goes on." in text
    assert '"damaged' not in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"format": ""}, "Choose a format."),
        ({"reason": ""}, "Choose the reason."),
        ({"reason": "curiosity"}, "not one of the available choices"),
        ({"ticket": "Lovelace"}, "with a digit at least"),
        ({"ticket": "ada@example.org 1"}, "Use only letters, digits"),
        ({"ticket": "1" * 21}, "20 characters at most"),
        ({"received_from": "soon"}, "year-month-day"),
        ({"received_from": "2026-02-02", "received_until": "2026-02-01"}, "before the first one"),
        ({"received_until": "2001-01-01"}, "Nothing was received on these days."),
    ],
)
def test_a_form_that_lacks_something_releases_nothing_and_says_what(
    inquiry, owner, wrong, sentence
):
    response = export(owner, **{"ticket": "77", **wrong})
    assert response["Content-Type"].startswith("text/html")
    assert sentence in response.text
    assert f'value="{wrong.get("ticket", "77")}"' in response.text
    assert not AuditEntry.objects.exists()


def test_the_download_never_answers_a_get(inquiry, owner):
    response = owner.get(address("export"), {"format": "csv", "reason": "report"})
    assert response["Content-Type"].startswith("text/html")
    assert not AuditEntry.objects.exists()


def test_an_export_changes_nothing(noted, owner):
    before = Inquiry.objects.values().get()
    content(export(owner))
    after = Inquiry.objects.values().get()
    sealed = {"name", "email", "phone", "message", "hold_reason"}
    assert {k: v for k, v in after.items() if k not in sealed} == {
        k: v for k, v in before.items() if k not in sealed
    }


def test_an_export_until_the_end_of_days_is_one_until_now(inquiry, owner):
    answer = export(owner, received_until="9999-12-31")
    assert inquiry.reference in answer.getvalue().decode()
