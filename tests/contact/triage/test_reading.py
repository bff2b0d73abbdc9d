"""What the inbox and an inquiry's page show, and what reading them leaves behind."""

import uuid

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry, ReferenceIndex

from contact import roles
from contact.models import AuditEntry, Inquiry, Note, Status
from contact.triage.page import STEPS

from ..opening import instead_of_opening
from ..test_fields import overwrite
from .conftest import account_of

PRIVATE = ("Ada Lovelace", "ada@example.org", "5035550100", "private message")
INBOX = "/admin/inquiries/"


def address(name: str, inquiry: Inquiry) -> str:
    return reverse(f"inquiry:{name}", args=[inquiry.pk])


def email_of(browser: Client) -> str:
    """Who is signed in."""
    return get_user(browser).get_username()


def test_who_may_only_look_cannot_change(inquiry, triager):
    group = Group.objects.get(name=roles.INTAKE)
    group.permissions.remove(group.permissions.get(codename="change_inquiry"))
    assert "Change status" not in triager.get(address("inspect", inquiry)).text
    triager.post(address("status", inquiry), {"status": "closed"})
    assert Inquiry.objects.get().status == Status.NEW


@pytest.mark.parametrize("view", ["new", "edit", "delete", "copy", "history", "usage", "inspect"])
def test_wagtails_own_views_are_not_there(inquiry, owner, view):
    for path in (f"{view}/", f"{view}/{inquiry.pk}/", f"{inquiry.pk}/{view}/"):
        assert owner.get(INBOX + path).status_code == 404


def test_the_menu_shows_inquiries_only_to_who_may_see_them(db, triager, editor):
    assert INBOX in triager.get("/admin/").text
    assert INBOX not in editor.get("/admin/").text


def test_the_inbox_opens_nothing_and_shows_nothing_sealed(
    inquiry, triager, monkeypatch, django_assert_max_num_queries
):
    opened = []
    triager.get(INBOX)
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    with django_assert_max_num_queries(22) as captured:
        html = triager.get(INBOX).text
    assert inquiry.reference in html
    assert not opened
    assert not any(
        "message" in query["sql"] for query in captured if "contact_inquiry" in query["sql"]
    )
    assert not any(private in html for private in PRIVATE)


def test_the_inbox_needs_no_more_queries_for_more_inquiries(inquiry, triager):
    triager.get(INBOX)
    with CaptureQueriesContext(connection) as few:
        triager.get(INBOX)
    for _number in range(20):
        Inquiry(name="Ada", contact_by="email", assigned_to_id=get_user(triager).pk).save()
    with CaptureQueriesContext(connection) as many:
        triager.get(INBOX)
    assert len(many) == len(few)


def test_the_inbox_hides_finished_inquiries_until_asked(inquiry, triager):
    closed = Inquiry(name="", contact_by="email", status=Status.CLOSED)
    closed.save()
    assert closed.reference not in triager.get(INBOX).text
    asked = triager.get(INBOX, {"status": "closed"}).text
    assert closed.reference in asked
    assert inquiry.reference not in asked


def test_the_inbox_has_the_most_urgent_on_top(inquiry, triager):
    due = Inquiry(name="", contact_by="email", due_at=timezone.now())
    due.save()
    html = triager.get(INBOX).text
    assert html.index(due.reference) < html.index(inquiry.reference)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_inbox_exports_nothing(inquiry, owner, kind):
    response = owner.get(INBOX, {"export": kind})
    assert response["Content-Type"].startswith("text/html")
    assert not any(private in response.text for private in PRIVATE)


@pytest.mark.parametrize(
    "query", [{"q": "Ada"}, {"ordering": "message"}, {"message": "A"}, {"status": "x"}, {"p": "9"}]
)
def test_odd_queries_do_no_harm(inquiry, triager, query):
    assert triager.get(INBOX, query).status_code in {200, 404}


def test_an_inquiry_shows_what_is_needed_to_answer(inquiry, triager):
    html = triager.get(address("inspect", inquiry)).text
    for shown in (
        "A private message.",
        "Ada Lovelace",
        'href="mailto:ada@example.org"',
        'href="tel:+15035550100"',
        inquiry.reference,
    ):
        assert shown in html


def test_what_a_visitor_wrote_cannot_act_on_the_page(inquiry, triager):
    inquiry.message = "<script>alert(1)</script>"
    inquiry.email = '"x"?bcc=all@example.org&body=hi@b.co'
    inquiry.save()
    html = triager.get(address("inspect", inquiry)).text
    assert "<script>alert(1)" not in html
    assert 'href="mailto:%22x%22%3Fbcc%3Dall@example.org' in html.replace("%40", "@")


def test_the_look_is_written_down_for_good_before_anything_is_opened(inquiry, triager, monkeypatch):
    seen = []
    depth = len(connection.savepoint_ids)

    def open_and_look(self, token, place):
        actions = AuditEntry.objects.values_list("action", flat=True)
        seen.append((len(connection.savepoint_ids) - depth, *actions))
        return "text"

    instead_of_opening(monkeypatch, open_and_look)
    triager.get(address("inspect", inquiry))
    assert set(seen) == {(0, "opened")}  # In no transaction that could still take it back.


def test_nothing_is_shown_when_the_look_cannot_be_written_down(inquiry, triager, monkeypatch):
    opened = []
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    monkeypatch.setattr(AuditEntry, "save", lambda *args: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        triager.get(address("inspect", inquiry))
    assert not opened


def test_an_inquiry_that_cannot_be_opened_says_so_and_the_rest_works(inquiry, triager):
    overwrite(inquiry, "damaged")
    html = triager.get(address("inspect", inquiry)).text
    assert f"This part of inquiry {inquiry.reference} cannot be opened." in html
    assert "Ada Lovelace" in html
    assert "damaged" not in html
    assert inquiry.reference in triager.get(INBOX).text


def test_without_its_key_an_inquiry_says_so_and_the_rest_works(inquiry, triager, settings, new_key):
    account = account_of(triager)
    settings.ENCRYPTION_KEYS = [new_key]
    triager.force_login(account)  # Sessions were sealed with the lost key too.
    response = triager.get(address("inspect", inquiry))
    assert response.status_code == 200
    assert response.text.count("cannot be opened") == 4


def test_a_status_is_changed_and_written_down(inquiry, triager):
    response = triager.post(address("status", inquiry), {"status": "closed"})
    assert response["Location"] == address("inspect", inquiry)
    changed = Inquiry.objects.get()
    assert changed.status == Status.CLOSED
    assert changed.closed_at
    assert changed.message == "A private message."
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor, entry.detail) == (
        "changed",
        email_of(triager),
        {"status": ["new", "closed"]},
    )


@pytest.mark.parametrize("status", ["new", "nonsense", ""])
def test_a_status_that_may_not_follow_is_refused(inquiry, triager, status):
    response = triager.post(address("status", inquiry), {"status": status}, follow=True)
    assert response.status_code == 200
    assert Inquiry.objects.get().status == Status.NEW
    assert not AuditEntry.objects.filter(action="changed").exists()


def test_a_note_is_sealed_shown_and_written_down_without_its_text(inquiry, triager):
    triager.post(address("note", inquiry), {"text": "Called her, no answer."})
    assert str(Note.objects.get().author) == email_of(triager)
    html = triager.get(address("inspect", inquiry)).text
    assert "Called her, no answer." in html
    assert "Note added" in html
    assert "Called" not in str(list(AuditEntry.objects.values()))


def test_an_empty_note_is_not_stored(inquiry, triager):
    html = triager.post(address("note", inquiry), {"text": " "}, follow=True).text
    assert "Write the note first." in html
    assert not Note.objects.exists()


@pytest.mark.parametrize(
    ("method", "name"), [("get", "inspect"), *(("post", step) for step in STEPS)]
)
def test_an_inquiry_that_is_not_there_is_not_found(triager, method, name):
    missing = reverse(f"inquiry:{name}", args=[uuid.uuid4()])
    assert getattr(triager, method)(missing).status_code == 404


@pytest.mark.parametrize("name", STEPS)
def test_changes_come_by_post_only(inquiry, owner, name):
    assert owner.get(address(name, inquiry)).status_code == 405


def test_wagtail_keeps_no_record_of_its_own(inquiry, triager):
    triager.get(address("inspect", inquiry))
    triager.post(address("status", inquiry), {"status": "closed"})
    triager.post(address("note", inquiry), {"text": "A note."})
    assert not ModelLogEntry.objects.exists()
    assert Inquiry not in ReferenceIndex.tracked_models
