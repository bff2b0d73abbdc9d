"""Notices: each address gets its mail once, whatever happens to the others or to the server."""

import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connections
from django.utils import timezone

from contact.delivery import deliver_due
from contact.models import Inquiry, Notice
from contact.models.notice import LEASE, LONGEST_WAIT, MOST_ATTEMPTS, wait_after

MANAGE = Path(__file__).resolve().parents[2] / "manage.py"


def notify(inquiry: Inquiry, *addresses: str) -> None:
    for address in addresses:
        Notice.objects.create(inquiry=inquiry, recipient=address)


def make_due() -> None:
    """Let the time of every waiting notice have come."""
    Notice.objects.waiting().update(next_attempt_at=timezone.now())


def test_each_address_gets_one_mail_and_no_second(inquiry, mailbox):
    notify(inquiry, "a@practice.example", "b@practice.example")
    assert deliver_due() == 2
    assert deliver_due() == 0
    make_due()
    assert deliver_due() == 0
    assert mailbox.recipients == ["a@practice.example", "b@practice.example"]


def test_a_mail_holds_the_reference_and_a_link_and_nothing_private(inquiry, mailbox, settings):
    notify(inquiry, "a@practice.example")
    deliver_due()
    [(_address, text)] = mailbox.mails
    headers, _blank, body = text.replace("\r\n", "\n").partition("\n\n")
    assert f"Subject: Inquiry {inquiry.reference} has arrived" in headers
    assert inquiry.reference in body
    assert f"{settings.SITE_URL}/admin/inquiries/{inquiry.pk}/" in text
    for private in ("Ada Lovelace", "ada@", "5035550100", "private message", "ketamine", "therapy"):
        assert private not in text


def test_one_bad_address_does_not_stop_the_rest(inquiry, mailbox):
    notify(inquiry, "nobody@refused.example", "a@practice.example")
    assert deliver_due() == 2
    assert mailbox.recipients == ["a@practice.example"]
    bad = Notice.objects.get(recipient="nobody@refused.example")
    assert bad.last_error == "SMTPRecipientsRefused 550"
    assert (bad.sent_at, bad.attempts) == (None, 1)


def test_mail_waits_for_a_server_that_is_away(inquiry, mailbox):
    mailbox.is_open = False
    notify(inquiry, "a@practice.example")
    deliver_due()
    notice = Notice.objects.get()
    assert notice.last_error == "SMTPDataError 451"
    assert timedelta(0) < notice.next_attempt_at - timezone.now() <= wait_after(1)
    assert deliver_due() == 0
    mailbox.is_open = True
    make_due()
    assert deliver_due() == 1
    assert mailbox.recipients == ["a@practice.example"]
    assert Notice.objects.get().last_error == ""


def test_a_server_that_cannot_be_reached_loses_nothing(inquiry, mailbox, settings):
    settings.EMAIL_PORT = 9
    notify(inquiry, "a@practice.example")
    deliver_due()
    assert Notice.objects.get().last_error == "ConnectionRefusedError"


def test_after_the_last_attempt_a_notice_is_given_up_and_kept(inquiry, mailbox):
    notify(inquiry, "nobody@refused.example")
    for _attempt in range(MOST_ATTEMPTS + 2):
        make_due()
        deliver_due()
    notice = Notice.objects.get()
    assert notice.dead
    assert notice.attempts == MOST_ATTEMPTS


def test_waiting_doubles_up_to_six_hours_and_outlasts_a_weekend():
    waits = [wait_after(n) for n in range(1, MOST_ATTEMPTS)]
    assert waits[:4] == [timedelta(minutes=m) for m in (1, 2, 4, 8)]
    assert max(waits) == LONGEST_WAIT
    assert sum(waits, timedelta()) > timedelta(days=2)


def test_a_claimed_notice_is_nobody_elses_until_the_lease_runs_out(inquiry):
    notify(inquiry, "a@practice.example")
    one, other = Notice.objects.get(), Notice.objects.get()
    now = timezone.now()
    assert one.claim(now)
    assert not other.claim(now)
    assert not Notice.objects.due(now)
    assert Notice.objects.due(now + LEASE).get().claim(now + LEASE)


def test_a_worker_that_is_told_to_stop_sends_no_further_mail(inquiry, mailbox):
    notify(inquiry, "a@practice.example", "b@practice.example")
    assert deliver_due(lambda: bool(mailbox.mails)) == 1
    assert len(mailbox.mails) == 1


def test_a_notice_whose_inquiry_is_gone_stops_nothing(inquiry, mailbox, monkeypatch):
    notify(inquiry, "a@practice.example")
    claim = Notice.claim

    def claim_then_lose(self, now):
        claimed = claim(self, now)
        Inquiry.objects.all().delete()
        return claimed

    monkeypatch.setattr(Notice, "claim", claim_then_lose)
    assert deliver_due() == 1


def _deliver_here(_number: int) -> int:
    try:
        return deliver_due()
    finally:
        connections.close_all()


@pytest.mark.django_db(transaction=True)
def test_workers_side_by_side_send_each_mail_once(mailbox):
    inquiry = Inquiry(name="Ada", contact_by="email")
    inquiry.save()
    addresses = [f"person{number}@practice.example" for number in range(12)]
    notify(inquiry, *addresses)
    with ThreadPoolExecutor(4) as pool:
        tried = list(pool.map(_deliver_here, range(4)))
    assert sum(tried) == 12
    assert mailbox.recipients == sorted(addresses)


def test_the_command_sends_once_and_ends(inquiry, mailbox, capsys):
    notify(inquiry, "a@practice.example")
    call_command("deliver", "--once")
    assert re.search(r"1\s*$", capsys.readouterr().out)
    assert len(mailbox.mails) == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_worker_ends_cleanly_when_it_is_told_to(tmp_path, number):
    environment = os.environ | {
        "DATABASE_URL": f"sqlite:///{tmp_path / 'empty.sqlite3'}",
        "DJANGO_SETTINGS_MODULE": "kapsite.settings",
    }
    command = [sys.executable, str(MANAGE), "deliver"]
    worker = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    try:
        # Without tables each look fails and is logged: so it has begun, and survives that too.
        assert worker.stderr
        while "trying again" not in worker.stderr.readline():
            assert worker.poll() is None
        time.sleep(0.2)
        worker.send_signal(number)
        _out, errors = worker.communicate(timeout=10)
    finally:
        worker.kill()
    assert worker.returncode == 0
    assert "Traceback" not in errors
