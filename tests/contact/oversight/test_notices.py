"""Mail that did not go out: what the list says of it, and sending it again for real."""

import datetime
import re

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contact import roles
from contact.delivery import deliver_due
from contact.models import AuditEntry, Notice
from contact.oversight import notices as room

from ..opening import instead_of_opening
from .conftest import given_up, notice
from .test_trail import rows

NOTICES = "/admin/reports/notices/"
ALL = "/admin/reports/notices/send-again/"


def one(row: Notice) -> str:
    return f"/admin/reports/notices/{row.pk}/send-again/"


def test_an_empty_list_says_that_all_mail_went_out(owner, inquiry):
    notice(inquiry, "a@practice.example", sent_at=timezone.now())
    html = owner.get(NOTICES).text
    assert "All mail went out." in html
    assert "Send all again" not in html


def test_what_was_given_up_comes_before_what_waits(owner, inquiry):
    notice(inquiry, "waits@practice.example")
    given_up(inquiry, "dead@practice.example")
    dead, waiting = rows(owner.get(NOTICES).text)
    assert dead.startswith(f"Given up New inquiry {inquiry.reference} dead@practice.example 20 ")
    assert dead.endswith("Send again")
    assert waiting.startswith(f"Waiting New inquiry {inquiry.reference} waits@practice.example 0 ")
    assert not waiting.endswith("Send again")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("SMTPRecipientsRefused 550", "The mail server does not take mail for this address"),
        ("SMTPDataError 451", "The mail server did not take the mail"),
        ("ConnectionRefusedError", "The mail server could not be reached"),
        ("Damaged", "The visitor&#x27;s address cannot be opened"),
        ("KeyError", "The mail could not be sent"),
    ],
)
def test_the_error_stands_in_words_and_as_it_was(owner, inquiry, error, words):
    given_up(inquiry, "a@practice.example", last_error=error)
    [row] = rows(owner.get(NOTICES).text)
    assert f"{words} ({error})" in row


def test_the_next_attempt_reads_on_the_practices_clock(wednesday, owner, inquiry):
    notice(inquiry, "a@practice.example")
    [row] = rows(owner.get(NOTICES).text)
    assert row.endswith("Nov 18, 12:00 p.m.")


def test_a_reference_leads_to_the_inquiry_for_who_may_see_it(owner, inquiry):
    given_up(inquiry, "a@practice.example")
    link = f'href="/admin/inquiries/{inquiry.pk}/"'
    assert link in owner.get(NOTICES).text
    group = Group.objects.get(name=roles.OWNER)
    group.permissions.remove(group.permissions.get(codename="view_inquiry"))
    assert link not in owner.get(NOTICES).text


def test_a_mail_about_no_inquiry_is_listed_and_sent_again(owner, db):
    given_up(None, "a@practice.example")
    [row] = rows(owner.get(NOTICES).text)
    assert row.startswith("Given up New inquiry a@practice.example 20")
    owner.post(ALL)
    assert AuditEntry.objects.get().reference == ""


def test_the_list_opens_no_address(owner, inquiry, monkeypatch):
    opened = []
    given_up(inquiry)
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    with CaptureQueriesContext(connection) as captured:
        html = owner.get(NOTICES).text
    assert f"Acknowledgement {inquiry.reference} The visitor" in rows(html)[0]
    assert not opened
    assert not any('"message"' in query["sql"] for query in captured)
    assert "ada@" not in html


def test_a_longer_list_takes_as_many_queries(owner, inquiry):
    given_up(inquiry, "a@practice.example")
    owner.get(NOTICES)
    with CaptureQueriesContext(connection) as few:
        owner.get(NOTICES)
    for number in range(20):
        given_up(inquiry, f"person{number}@practice.example")
    with CaptureQueriesContext(connection) as many:
        owner.get(NOTICES)
    assert len(many) == len(few)


def test_one_notice_is_sent_again_for_real(owner, inquiry, mailbox):
    first = given_up(inquiry, "first@practice.example")
    given_up(inquiry, "second@practice.example")
    assert deliver_due() == 0
    html = owner.post(one(first), follow=True).text
    assert "1 mail is sent again." in html
    assert deliver_due() == 1
    assert mailbox.recipients == ["first@practice.example"]
    assert [len(rows(owner.get(NOTICES).text))] == [1]


def test_all_that_were_given_up_are_sent_again_and_nothing_else(owner, inquiry, mailbox):
    given_up(inquiry, "first@practice.example")
    given_up(inquiry)
    later = timezone.now() + datetime.timedelta(hours=1)
    notice(inquiry, "waits@practice.example", next_attempt_at=later, attempts=1)
    notice(inquiry, "sent@practice.example", sent_at=timezone.now())
    assert "2 mails are sent again." in owner.post(ALL, follow=True).text
    assert deliver_due() == 2
    assert mailbox.recipients == ["ada@example.org", "first@practice.example"]


def test_who_fails_again_has_all_attempts_anew(owner, inquiry, mailbox):
    row = given_up(inquiry, "nobody@refused.example")
    owner.post(one(row))
    deliver_due()
    row.refresh_from_db()
    assert (row.attempts, row.dead, row.last_error) == (1, False, "SMTPRecipientsRefused 550")


def test_sending_again_is_written_down_without_the_address(owner, inquiry):
    given_up(inquiry)
    owner.post(ALL)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("changed", "owner@example.org")
    assert (entry.reference, entry.detail) == (inquiry.reference, {"sent_again": "acknowledgement"})


@pytest.mark.parametrize("facts", [{}, {"sent_at": timezone.now()}])
def test_what_was_not_given_up_is_left_alone(owner, inquiry, facts):
    row = notice(inquiry, "a@practice.example", attempts=3, **facts)
    for address in (one(row), ALL):
        assert "There was nothing to send again." in owner.post(address, follow=True).text
    row.refresh_from_db()
    assert row.attempts == 3
    assert not AuditEntry.objects.exists()


def test_a_notice_that_is_gone_is_nothing_to_send(owner, inquiry):
    row = given_up(inquiry, "a@practice.example")
    address = one(row)
    row.delete()
    assert "There was nothing to send again." in owner.post(address, follow=True).text


def test_of_two_people_who_send_the_same_notice_one_does(inquiry):
    row = given_up(inquiry, "a@practice.example")
    now = timezone.now()
    assert (row.send_again(now), row.send_again(now)) == (True, False)


def test_one_click_takes_so_many_and_the_next_takes_the_rest(owner, inquiry, monkeypatch):
    monkeypatch.setattr(room, "MOST_AT_ONCE", 2)
    for number in range(3):
        given_up(inquiry, f"person{number}@practice.example")
    assert re.search("2 mails are sent again", owner.post(ALL, follow=True).text)
    assert re.search("1 mail is sent again", owner.post(ALL, follow=True).text)
