"""The test comes all the way where all is well, and says where it is stuck where it is not."""

import datetime
import re

import pytest
from django.db import OperationalError

from contact.delivery import deliver_due
from contact.intake import receive
from contact.models import (
    AuditEntry,
    BlindTerm,
    ContactPage,
    Inquiry,
    Notice,
    Rehearsal,
    SealingKey,
    Trouble,
)
from contact.promise import ReplyPromise
from contact.rehearsal import rounds
from tests.contact.broken_databases import locked
from tests.contact.mailserver import mail_goes_to
from tests.sites import free_port

from .conftest import STAFF

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)


def test_all_the_way_and_nothing_is_left_of_it(clock, mailbox):
    clock.send()
    assert Inquiry.everything.get().name == "Hourly test"
    deliver_due()
    clock.wait(1)
    run = clock.go_round()
    assert (run.trouble, run.under_way, run.age.total_seconds()) == ("", None, 0)
    for model in (Inquiry, Notice):
        assert not model.everything.exists()
    assert not BlindTerm.objects.exists()
    assert not AuditEntry.objects.exists()


def test_nobody_gets_a_mail_and_the_mail_server_was_asked_whether_staff_would(clock, mailbox):
    clock.rehearse()
    assert mailbox.named == [STAFF]
    assert mailbox.mails == []


def test_the_next_one_begins_after_an_hour_and_not_before(clock, mailbox):
    began = clock.rehearse().began_at
    clock.wait(54)
    assert clock.go_round().began_at == began
    clock.wait(2)
    run = clock.go_round()
    assert run.began_at > began
    assert run.under_way


def test_a_site_that_was_started_a_moment_ago_waits_for_its_web_server(clock):
    assert clock.go_round().under_way
    assert not Inquiry.everything.exists()


def stuck(clock) -> tuple[str, str]:
    """Where the test is stuck once its time is over, and what that says to a technician."""
    clock.wait(20)
    run = clock.go_round()
    assert run.under_way is None
    assert not Inquiry.everything.exists()
    return run.trouble, run.detail


def test_without_a_worker_it_is_stuck_there(clock, mailbox, caplog):
    clock.send()
    clock.wait(10)
    assert clock.go_round().trouble == ""
    assert stuck(clock) == (Trouble.WORKER, "")
    assert "The test inquiry did not arrive: worker" in caplog.text


def test_a_worker_without_a_mail_server_is_named_with_the_reason(clock):
    with mail_goes_to(free_port()):
        clock.send()
        deliver_due()
        assert stuck(clock) == (Trouble.MAIL, "ConnectionRefusedError")


def test_a_mail_server_that_would_not_take_mail_for_staff_is_found_out(clock, mailbox):
    mailbox.refused = "practice.example"
    clock.send()
    deliver_due()
    assert stuck(clock) == (Trouble.MAIL, "SMTPRecipientsRefused 550")


def test_a_mail_server_that_would_not_take_mail_from_us_is_found_out(clock, mailbox, settings):
    mailbox.refused_senders = {settings.DEFAULT_FROM_EMAIL}
    clock.send()
    deliver_due()
    assert stuck(clock) == (Trouble.MAIL, "SMTPSenderRefused 553")


def test_a_mail_server_that_is_away_for_ten_minutes_raises_no_alarm(clock, mailbox):
    mailbox.refused = "practice.example"
    clock.send()
    deliver_due()
    clock.wait(10)
    mailbox.refused = ""
    deliver_due()
    assert clock.go_round().trouble == ""
    assert Rehearsal.objects.now().arrived_at


def test_a_missing_key_is_not_replaced_by_another(clock):
    SealingKey.objects.create(key_id="0badc0de")
    clock.send()
    assert not Inquiry.everything.exists()
    assert stuck(clock) == (Trouble.KEYS, "a key is missing")


def test_a_contact_page_that_was_taken_down_is_noticed(clock):
    ContactPage.objects.get().unpublish()
    clock.send()
    assert stuck(clock) == (Trouble.WEB, "no contact page is published")


def test_a_web_server_that_was_there_once_must_be_there(clock, mailbox):
    Rehearsal.objects.create(over_http=True)
    clock.send()
    assert stuck(clock) == (Trouble.WEB, "ConnectionRefusedError")


def test_what_a_crash_has_left_is_cleared_away(clock, mailbox):
    clock.send()
    Rehearsal.objects.update(submission_id=None)
    clock.wait(70)
    clock.rehearse()
    assert not Inquiry.everything.exists()


def test_of_two_clocks_one_begins(clock):
    run = Rehearsal.objects.create()
    other = Rehearsal.objects.get()
    now = rounds.timezone.now()
    assert rounds._begin(run, now)
    assert rounds._begin(other, now) is None


def test_a_clock_that_was_a_year_ahead_does_not_stop_the_tests_for_a_year(clock, mailbox):
    began = clock.rehearse().began_at
    clock.wait(-365 * 24 * 60)
    assert clock.go_round().began_at < began


def another_text(form, *rest):
    form.cleaned_data["message"] = "Something else."
    return receive(form, *rest)


@pytest.mark.parametrize(
    ("broken", "instead", "trouble", "detail"),
    [
        ("contact.intake.receive", lambda *_: None, Trouble.STORE, ""),
        ("contact.intake.receive", another_text, Trouble.CONTENT, ""),
        ("contact.models.BlindTerm.objects.made_for", lambda _: [], Trouble.INDEX, ""),
        ("contact.intake.promise_for", lambda *_: ReplyPromise("", NEW_YEAR), Trouble.PROMISE, ""),
        ("contact.spam.SHAPES", re.compile("website"), Trouble.ASIDE, "spam_words"),
        ("contact.intake._notices", lambda _: [], Trouble.NOTICE, ""),
        ("contact.intake.audit.record", lambda *_, **__: 1 / 0, Trouble.OTHER, "ZeroDivisionError"),
    ],
)
def test_each_mistake_of_ours_is_named(clock, monkeypatch, broken, instead, trouble, detail):
    monkeypatch.setattr(broken, instead)
    clock.send()
    assert stuck(clock) == (trouble, detail)


@pytest.mark.django_db(transaction=True)
def test_a_locked_database_is_no_end_of_the_clock_and_stores_nothing(clock, mailbox):
    clock.go_round()
    clock.wait(4)
    with locked(), pytest.raises(OperationalError):
        rounds.go_round()
    assert clock.go_round().under_way
    deliver_due()
    clock.wait(1)
    assert clock.go_round().arrived_at
