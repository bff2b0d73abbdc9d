"""The mail server is away for an hour in which people write in: later each mail goes out, once."""

import datetime
import uuid
from collections import Counter
from email import message_from_string

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact.delivery import deliver_due
from contact.models import Inquiry, Notice
from tests.sites import free_port

from .mailserver import Mailbox, listening

STAFF = ["ann@practice.example", "bea@practice.example"]
MINUTE = datetime.timedelta(minutes=1)
VISITORS = 6


@pytest.fixture
def port(settings) -> int:
    """Where the site looks for its mail server. Nobody listens there yet."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", free_port()
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.INQUIRY_NOTICE_EMAILS = STAFF
    return settings.EMAIL_PORT


def write_in(filled_in: dict[str, str], visitor: int) -> None:
    """Somebody sends a message and asks for an acknowledgement."""
    own = {"submission_id": str(uuid.uuid4()), "email": f"visitor{visitor}@example.org"}
    data = filled_in | own | {"wants_acknowledgement": "on"}
    assert Client().post("/contact/", data, REMOTE_ADDR="").status_code == 302


def work_for(minutes: int, clock: time_machine.Traveller) -> None:
    """What the worker does in so many minutes."""
    for _minute in range(minutes):
        deliver_due()
        clock.shift(MINUTE)


def identity(text: str) -> str:
    return message_from_string(text)["Message-ID"]


def test_each_mail_of_an_hour_without_a_server_goes_out_once_within_the_next(
    contact_page, filled_in, port
):
    mailbox = Mailbox()
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for visitor in range(VISITORS):
            write_in(filled_in, visitor)
            work_for(10, clock)
        assert Notice.objects.waiting().count() == 3 * VISITORS
        with listening(mailbox, port):
            work_for(60, clock)
    wanted = Counter(dict.fromkeys(STAFF, VISITORS))
    wanted.update(f"visitor{number}@example.org" for number in range(VISITORS))
    assert Counter(mailbox.recipients) == wanted
    assert len({identity(text) for _address, text in mailbox.mails}) == 3 * VISITORS
    assert not Notice.objects.filter(sent_at=None).exists()
    assert Inquiry.objects.count() == VISITORS
