"""The worker as a process of its own, with a mail server that is away, refuses, or is slow."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from contact.delivery import deliver_due
from contact.models import Notice
from kapsite.secretfile import BASE_DIR
from tests.sites import database_url, free_port

from .mailserver import Mailbox, listening

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = [f"{name}@practice.example" for name in ("ann", "bea", "cem")]
ANN, BEA, CEM = PEOPLE


@pytest.fixture
def notices(inquiry) -> list[Notice]:
    """One for each of the people, due in this order."""
    return [Notice.objects.create(inquiry=inquiry, recipient=address) for address in PEOPLE]


@contextmanager
def worker(port: int):
    """The real command on the database of this test, until it is killed at the end of the block."""
    environ = os.environ | {
        "DATABASE_URL": database_url(connection.settings_dict["NAME"]),
        "EMAIL_URL": f"smtp://127.0.0.1:{port}",
    }
    process = subprocess.Popen([sys.executable, "manage.py", "deliver"], cwd=BASE_DIR, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def wait_until(holds: Callable[[], bool]) -> None:
    """Return once it holds. Fails after a minute."""
    end = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < end, list(Notice.objects.values_list("recipient", "last_error"))
        time.sleep(0.02)


def make_due() -> None:
    """Let the time of every waiting notice have come."""
    Notice.objects.waiting().update(next_attempt_at=timezone.now())


def all_say(error: str) -> bool:
    """Whether that is what every waiting notice has met."""
    return not Notice.objects.waiting().exclude(last_error=error).exists()


def test_every_notice_is_sent_once_a_server_that_was_away_and_refused_is_back(notices):
    mailbox, port = Mailbox(), free_port()
    mailbox.is_open, mailbox.refused = False, "practice.example"
    with worker(port):
        wait_until(lambda: all_say("ConnectionRefusedError"))
        with listening(mailbox, port):
            make_due()
            wait_until(lambda: all_say("SMTPRecipientsRefused 550"))
            mailbox.refused = "refused.example"
            make_due()
            wait_until(lambda: all_say("SMTPDataError 451"))
            mailbox.is_open = True
            make_due()
            wait_until(lambda: not Notice.objects.waiting().exists())
    assert mailbox.recipients == PEOPLE
    assert set(Notice.objects.values_list("attempts", flat=True)) == {4}


def test_one_address_that_is_refused_holds_nobody_up(notices):
    mailbox, port = Mailbox(), free_port()
    Notice.objects.filter(recipient=ANN).update(recipient="ann@refused.example")
    with listening(mailbox, port), worker(port):
        wait_until(lambda: all_say("SMTPRecipientsRefused 550"))
        assert mailbox.recipients == [BEA, CEM]
        mailbox.refused = ""
        make_due()
        wait_until(lambda: not Notice.objects.waiting().exists())
    assert mailbox.recipients == ["ann@refused.example", BEA, CEM]


@pytest.mark.parametrize(("step", "copies"), [("RCPT", 1), ("DATA", 2)])
def test_a_worker_killed_in_mid_send_repeats_only_what_was_not_answered(notices, step, copies):
    mailbox, port = Mailbox(), free_port()
    mailbox.holds_at, mailbox.held = step, {BEA}
    with listening(mailbox, port):
        with worker(port) as killed:
            assert mailbox.is_holding.wait(timeout=60)
            killed.send_signal(signal.SIGKILL)
        mailbox.held.clear()
        with worker(port):
            wait_until(lambda: Notice.objects.waiting().count() == 1)
            assert Notice.objects.waiting().get().recipient == BEA  # Claimed by the one that died.
            make_due()
            wait_until(lambda: not Notice.objects.waiting().exists())
    assert Counter(mailbox.recipients) == {ANN: 1, BEA: copies, CEM: 1}
    [identity] = {line for address, text in mailbox.mails if address == BEA for line in ids(text)}
    assert f"notice.{notices[1].pk}." in identity


def ids(text: str) -> list[str]:
    """The Message-ID by which a mailbox knows a second copy."""
    return [line for line in text.splitlines() if line.startswith("Message-ID: ")]


def test_a_server_that_is_too_slow_for_one_mail_gets_the_others(notices, settings):
    mailbox, port = Mailbox(), free_port()
    mailbox.holds_at, mailbox.held = "RCPT", {BEA}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_TIMEOUT = 0.5
    with listening(mailbox, port):
        assert deliver_due() == 3
        assert mailbox.recipients == [ANN, CEM]
        assert all_say("SMTPServerDisconnected")
        mailbox.held.clear()
        make_due()
        assert deliver_due() == 1
    assert mailbox.recipients == PEOPLE


def test_there_is_a_limit_to_how_long_a_mail_server_is_waited_for(settings):
    assert 0 < settings.EMAIL_TIMEOUT <= 30
