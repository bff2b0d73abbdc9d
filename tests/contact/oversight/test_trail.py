"""The audit reader: every entry in words, each filter, and nothing that anybody could change."""

import datetime
import re

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact import audit
from contact.models import Action, AuditEntry, Inquiry
from contact.oversight.trail import LENGTH

from ..opening import instead_of_opening
from .conftest import at

TRAIL, CHECK = "/admin/reports/audit/", "/admin/reports/audit/check/"


def rows(html: str) -> list[str]:
    """The words of each row of the list."""
    body = html.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub(r"<[^>]+>", " ", row).split()) for row in body.split("</tr>")[:-1]]


def references(html: str) -> list[str]:
    return re.findall(r"\bREF\d-\d{4}\b", " ".join(rows(html)))


def record_at(moment: datetime.datetime, reference: str, **facts) -> AuditEntry:
    with time_machine.travel(moment, tick=False):
        return audit.record(facts.pop("action", Action.OPENED), reference=reference, **facts)


@pytest.fixture
def trail(wednesday, django_user_model) -> None:
    """Three entries, by two people, on three days of the practice."""
    ann, bob = (django_user_model.objects.create_user(f"{n}@example.org") for n in ("ann", "bob"))
    record_at(at(15, 23, 30), "REF1-0000", actor=ann)
    record_at(at(16, 0, 30), "REF2-0000", actor=bob, action=Action.CHANGED)
    record_at(at(17, 23, 59), "REF3-0000", actor=ann, action=Action.EXPORTED)


def test_entries_stand_in_words_the_newest_first(trail, owner):
    audit.record(Action.CHANGED, status=["new", "closed"], reference="REF4-0000")
    newest, *_others, oldest = rows(owner.get(TRAIL).text)
    assert newest == "Nov 18, 2026, 12:00:00 p.m. Changed REF4-0000 status from “New” to “Closed”"
    assert oldest == "Nov 15, 2026, 11:30:00 p.m. Opened ann@example.org REF1-0000"


@pytest.mark.parametrize(
    ("detail", "words"),
    [
        ({}, ""),
        ({"path": "/admin/inquiries/", "method": "GET"}, "path: /admin/inquiries/, method: GET"),
        ({"status": ["new", "spam"]}, "status from “New” to “Spam”"),
        ({"assigned_to": [None, "ann@example.org"]}, "assigned to: nothing, ann@example.org"),
        ({"fields": ["name", "email", "phone"]}, "fields: name, email, phone"),
        ({"quarantined": [True, False]}, "quarantined: yes, no"),
        ({"count": 3, "reason": ""}, "count: 3, reason: nothing"),
        ({"rows": {"new": 1}}, "rows: {'new': 1}"),
        ({"status": ["gone", {}]}, "status: gone, {}"),
    ],
)
def test_details_stand_in_words(db, owner, detail, words):
    audit.record(Action.CHANGED, **detail)
    [row] = rows(owner.get(TRAIL).text)
    assert row.partition("Changed")[2].strip() == words.replace("'", "&#x27;")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["REF3-0000", "REF2-0000", "REF1-0000"]),
        ({"action": "opened"}, ["REF1-0000"]),
        ({"action": ["opened", "changed"]}, ["REF2-0000", "REF1-0000"]),
        ({"actor": "BOB@"}, ["REF2-0000"]),
        ({"actor": "nobody"}, []),
        ({"reference": " ref2-0000"}, ["REF2-0000"]),
        ({"reference": "REF"}, []),
        ({"created_at_from": "2026-11-16"}, ["REF3-0000", "REF2-0000"]),
        ({"created_at_to": "2026-11-16"}, ["REF2-0000", "REF1-0000"]),
        ({"created_at_from": "2026-11-17", "created_at_to": "2026-11-17"}, ["REF3-0000"]),
        ({"actor": "ann", "action": "exported"}, ["REF3-0000"]),
    ],
)
def test_filters_narrow_the_trail_down(trail, owner, query, found):
    assert references(owner.get(TRAIL, query).text) == found
    assert references(owner.get(f"{TRAIL}results/", query).text) == found


@pytest.mark.parametrize(
    "query",
    [
        {"action": "nonsense"},
        {"created_at_from": "yesterday"},
        {"before": "x"},
        {"before": "9" * 30},
        {"before": "9" * 5000},
        {"before": "²"},
        {"before": "-1"},
        {"ordering": "hash"},
    ],
)
def test_odd_queries_do_no_harm(trail, owner, query):
    assert owner.get(TRAIL, query).status_code == 200


def test_the_trail_comes_in_pages_and_misses_nothing(db, owner):
    for number in range(2 * LENGTH + 1):
        audit.record(Action.OPENED, number=number)
    address, seen = TRAIL, []
    while address:
        html = owner.get(address).text
        seen += [int(number) for number in re.findall(r"number: (\d+)", html)]
        link = re.search(r'href="(/admin/reports/audit/\?before=\d+)">Older entries', html)
        address = link[1] if link else ""
    assert seen == list(reversed(range(2 * LENGTH + 1)))


def test_no_number_of_matches_is_told_since_nothing_is_counted(trail, owner):
    assert not re.search(r"There (is|are) \d", owner.get(TRAIL, {"action": "opened"}).text)


def test_older_entries_are_narrowed_down_in_the_same_way(db, owner):
    for _number in range(LENGTH + 1):
        audit.record(Action.OPENED)
    html = owner.get(f"{TRAIL}results/", {"action": "opened", "_w_filter_fragment": "1"}).text
    assert 'href="/admin/reports/audit/?action=opened&amp;before=2">Older entries' in html


def test_a_page_takes_as_many_queries_for_a_longer_trail_and_counts_nothing(owner, inquiry):
    audit.record(Action.OPENED, reference=inquiry.reference)
    owner.get(TRAIL)
    with CaptureQueriesContext(connection) as few:
        owner.get(TRAIL)
    for _number in range(LENGTH + 10):
        audit.record(Action.OPENED, reference=inquiry.reference)
    with CaptureQueriesContext(connection) as many:
        owner.get(TRAIL)
    assert len(many) == len(few)
    assert not any("COUNT(" in q["sql"] for q in many if "auditentry" in q["sql"])


def test_a_reference_leads_to_the_inquiry_while_there_is_one(inquiry, owner):
    audit.record(Action.OPENED, reference=inquiry.reference)
    link = f'href="/admin/inquiries/{inquiry.pk}/"'
    assert link in owner.get(TRAIL).text
    Inquiry.objects.all().delete()
    html = owner.get(TRAIL).text
    assert inquiry.reference in html
    assert link not in html


def test_the_reader_opens_nothing_and_shows_nothing_private(inquiry, owner, monkeypatch):
    owner.get(f"/admin/inquiries/{inquiry.pk}/")
    owner.post(f"/admin/inquiries/{inquiry.pk}/note/", {"text": "Called her, no answer."})
    opened = []
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    html = owner.get(TRAIL).text
    assert "Note added" in rows(html)[0]
    assert not opened
    for private in ("Ada", "ada@example.org", "5035550100", "private message", "Called her"):
        assert private not in html


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_nothing_is_exported(trail, owner, kind):
    assert owner.get(TRAIL, {"export": kind})["Content-Type"].startswith("text/html")


def test_the_trail_is_only_walked_when_somebody_asks(trail, owner, monkeypatch):
    monkeypatch.setattr(audit, "verify", lambda: 1 / 0)
    assert "Check the trail now" in owner.get(TRAIL).text


def test_a_whole_trail_is_said_to_be_whole(trail, owner):
    html = owner.post(CHECK, follow=True).text
    assert "The audit trail is whole: 3 entries." in html


def test_a_trail_that_somebody_touched_names_the_entry(trail, owner):
    AuditEntry._base_manager.filter(sequence=2).update(actor="mallory@example.org")
    html = owner.post(CHECK, follow=True).text
    assert "The audit trail is not whole. Entry 2 was changed after it was written." in html
