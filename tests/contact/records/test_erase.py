"""Erasing one person's data, and the receipt of it."""

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from contact import audit
from contact.models import Action, AuditEntry, BlindTerm, Inquiry, Note, Notice
from tests.practice import set_practice

from ..test_privacy import MARKERS, WRITTEN, clear_text
from .conftest import address, erase, export, search


@pytest.fixture
def marked(make_inquiry) -> Inquiry:
    """An inquiry with a marker in every private text, and all that can hang on one."""
    texts = {name: MARKERS[name] for name in ("name", "email", "phone", "message")}
    inquiry = make_inquiry(**texts, hold_reason="Markerhold")
    Note(inquiry=inquiry, text=WRITTEN["note"]["text"]).save()
    Notice(inquiry=inquiry, recipient="intake@practice.example").save()
    return inquiry


def test_erasing_leaves_nothing_of_the_person_and_everything_of_others(marked, inquiry, owner):
    merged = Inquiry(name="Markername", contact_by="email", duplicate_of=marked)
    merged.save()
    _html, token = search(owner, MARKERS["email"])
    assert erase(owner, token).status_code == 302
    assert list(Inquiry.objects.all()) == [inquiry]
    assert not Note.objects.exists()
    assert not Notice.objects.exists()
    assert set(BlindTerm.objects.values_list("inquiry_id", flat=True)) == {inquiry.pk}
    assert not ModelLogEntry.objects.exists()


def test_the_trail_names_every_erased_inquiry(marked, owner):
    _html, token = search(owner, MARKERS["email"])
    erase(owner, token)
    _searched, done, removed = AuditEntry.objects.all()
    assert done.detail == {
        "why": "request",
        "kind": "email",
        "count": 1,
        "held": [],
        "changed": [],
    }
    assert (removed.action, removed.actor) == ("removed", "owner@example.org")
    assert removed.reference == marked.reference
    assert removed.detail == {"why": "request", "request": done.sequence}
    assert audit.verify().whole


def test_nothing_is_erased_before_the_box_is_ticked(marked, owner):
    _html, token = search(owner, MARKERS["email"])
    first = owner.post(address("person_erase"), {"token": token})
    assert marked.reference in first.text
    assert "Tick the box" not in first.text
    second = owner.post(address("person_erase"), {"token": token, "asked": "yes"})
    assert "Tick the box if you want to erase this data." in second.text
    assert clear_text(first.text + second.text) == []
    assert Inquiry.objects.exists()


def test_an_inquiry_on_hold_stays_and_is_named(marked, make_inquiry, owner):
    held = make_inquiry(email=MARKERS["email"], on_hold=True)
    _html, token = search(owner, MARKERS["email"])
    asked = owner.post(address("person_erase"), {"token": token}).text
    assert "On hold, and therefore not erased" in asked
    receipt = owner.get(erase(owner, token)["Location"]).text
    assert list(Inquiry.objects.all()) == [held]
    assert "Not erased, because they are on hold" in receipt
    assert held.reference in receipt


def test_a_hold_that_came_meanwhile_counts(marked, owner):
    _html, token = search(owner, MARKERS["email"])
    Inquiry.objects.update(on_hold=True)
    erase(owner, token)
    assert Inquiry.objects.exists()


def test_there_is_no_button_where_everything_is_on_hold(marked, owner):
    Inquiry.objects.update(on_hold=True)
    html, token = search(owner, MARKERS["email"])
    assert address("person_erase") not in html
    assert "Erase for good" not in owner.post(address("person_erase"), {"token": token}).text


def test_an_inquiry_that_arrives_meanwhile_is_not_erased_unseen(marked, make_inquiry, owner):
    _html, token = search(owner, MARKERS["email"])
    later = make_inquiry(email=MARKERS["email"])
    erase(owner, token)
    assert list(Inquiry.objects.all()) == [later]


def test_an_inquiry_that_is_no_longer_this_persons_is_not_erased(marked, owner):
    _html, token = search(owner, MARKERS["email"])
    marked.email = "other@example.org"
    marked.save()
    BlindTerm.objects.write(marked)
    receipt = owner.get(erase(owner, token)["Location"]).text
    assert Inquiry.objects.exists()
    assert "Not erased, because they changed meanwhile" in receipt


def test_a_second_click_erases_nothing_more(marked, owner):
    _html, token = search(owner, MARKERS["email"])
    erase(owner, token)
    erase(owner, token)
    assert AuditEntry.objects.filter(action="removed").exclude(reference="").count() == 1


def test_nothing_is_erased_when_it_cannot_be_written_down(marked, owner, monkeypatch):
    _html, token = search(owner, MARKERS["email"])
    saved, save = [], AuditEntry.save

    def fail_the_second_time(self, **kwargs):
        saved.append(self)
        return 1 / 0 if len(saved) == 2 else save(self, **kwargs)

    monkeypatch.setattr(AuditEntry, "save", fail_the_second_time)
    with pytest.raises(ZeroDivisionError):
        erase(owner, token)
    assert Inquiry.objects.exists()
    assert not AuditEntry.objects.filter(action="removed").exists()


def test_the_receipt_says_what_was_done_and_holds_nothing_of_the_person(marked, owner):
    set_practice(name="Quiet Room", time_zone="America/Denver")
    _html, token = search(owner, MARKERS["email"])
    html = owner.get(erase(owner, token)["Location"]).text
    last = AuditEntry.objects.last()
    for shown in ("Quiet Room", "America/Denver", "owner@example.org", marked.reference, last.hash):
        assert shown in html
    assert clear_text(html) == []


def test_an_export_has_a_receipt_and_the_pages_lead_to_it(marked, owner):
    export(owner, reason="authority", ticket="C-7").getvalue()
    number = AuditEntry.objects.get(action="exported").sequence
    link = address("receipt", number)
    assert link in owner.get(address("export")).text
    html = owner.get(link).text
    for shown in (marked.reference, "A court or an authority asked", "C-7"):
        assert shown in html
    assert clear_text(html) == []


def test_a_receipt_says_when_a_download_was_broken_off(marked, owner):
    export(owner)  # Nobody reads it.
    number = AuditEntry.objects.get(action="exported").sequence
    html = owner.get(address("receipt", number)).text
    assert "0 of 1: the download is under way, or was broken off" in html


def test_only_exports_and_erasures_have_receipts(inquiry, owner):
    owner.get(reverse("inquiry:inspect", args=[inquiry.pk]))
    _html, token = search(owner)
    erase(owner, token)  # Its receipt is entry 3, and entry 4 is the one inquiry.
    audit.record(Action.REMOVED)
    assert owner.get(address("receipt", 3)).status_code == 200
    for number in (1, 2, 4, 5, 10**30):
        assert owner.get(address("receipt", number)).status_code == 404


def test_an_export_of_the_marked_inquiry_holds_every_marker(marked, owner):
    text = export(owner).getvalue().decode()
    written = [*MARKERS.values(), WRITTEN["note"]["text"], "Markerhold"]
    assert set(clear_text(text)) == set(clear_text(" ".join(written))) - {"markertrap"}
