"""The mail that says a message has arrived: for who asked for it, and telling others nothing."""

import uuid

import pytest
from django.core import mail
from django.test import Client

from contact.delivery import deliver_due
from contact.models import Inquiry, Notice
from tests.practice import set_practice

from .test_privacy import MARKERS, clear_text, every_row

URL = "/contact/"
ASKED = {"wants_acknowledgement": "on"}


@pytest.fixture
def visitor(contact_page) -> Client:
    return Client()


def acknowledgements() -> int:
    return Notice.objects.filter(kind=Notice.Kind.ACKNOWLEDGEMENT).count()


def test_who_ticks_the_box_gets_one_mail(visitor, filled_in):
    for _time in range(2):
        visitor.post(URL, filled_in | ASKED)
    assert deliver_due() == 1
    [sent] = mail.outbox
    assert sent.to == ["ada@example.org"]
    assert not sent.cc + sent.bcc
    assert Inquiry.objects.get().reference in sent.body


def test_nobody_gets_a_mail_that_was_not_asked_for(visitor, filled_in):
    visitor.post(URL, filled_in)
    assert acknowledgements() == 0


@pytest.mark.parametrize(
    ("email", "count"), [("ada@example.org", 1), ("", 0), ("ask my sister", 0)]
)
def test_who_wants_a_call_gets_the_mail_where_an_address_was_given(
    visitor, filled_in, email, count
):
    way = {"contact_by": "phone", "phone": "503 555 0100", "email": email}
    assert visitor.post(URL, filled_in | ASKED | way).status_code == 302
    assert acknowledgements() == count


def test_the_mail_is_neutral_and_repeats_nothing(visitor, filled_in, settings):
    settings.DEFAULT_FROM_EMAIL = "Ketamine Therapy Center <website@practice.example>"
    set_practice(name="Ketamine Therapy Center", reply_within_days=1)
    topic = {"topic": "Learning about KAP"}
    visitor.post(URL, filled_in | MARKERS | ASKED | topic | {"website": ""})
    deliver_due()
    [sent] = mail.outbox
    text = str(sent.message())
    assert sent.from_email == "website@practice.example"
    assert sent.subject == "Your message has arrived"
    assert Inquiry.objects.get().promise in sent.body
    assert clear_text(text.replace("To: markermail@example.org", "")) == []
    for word in ("ketamine", "therap", "kap ", "clinic", "mental", "inquir", "http", "988"):
        assert word not in text.lower().replace("kapsite", "")


def test_the_address_stands_in_no_table(visitor, filled_in):
    visitor.post(URL, filled_in | MARKERS | ASKED | {"website": ""})
    assert acknowledgements() == 1
    assert clear_text(every_row()) == []
    deliver_due()
    assert clear_text(every_row()) == []


def test_an_address_that_is_refused_is_not_quoted(visitor, filled_in, monkeypatch, caplog):
    def refuse(self, fail_silently=False):
        raise ValueError("cannot mail to ada@example.org")

    visitor.post(URL, filled_in | ASKED)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", refuse)
    deliver_due()
    assert Notice.objects.get().last_error == "ValueError"
    assert "ada@" not in caplog.text + every_row()


def test_what_is_put_aside_sends_no_mail_to_anybody_it_names(visitor, filled_in):
    visitor.post(URL, filled_in | ASKED | {"website": "https://spam.example"})
    assert Inquiry.objects.get().quarantined
    assert acknowledgements() == 0


def test_nobody_can_fill_the_mailbox_of_somebody_else(visitor, filled_in):
    for _time in range(6):
        visitor.post(URL, filled_in | ASKED | {"submission_id": str(uuid.uuid4())})
    assert Inquiry.objects.count() == 6
    assert acknowledgements() == 3


def test_an_erased_inquiry_takes_its_mail_along(visitor, filled_in):
    visitor.post(URL, filled_in | ASKED)
    Inquiry.objects.all().delete()
    assert deliver_due() == 0


def test_notices_to_staff_do_not_count_mails_to_visitors(visitor, filled_in, settings):
    settings.INQUIRY_NOTICE_EMAILS = ["a@practice.example"]
    visitor.post(URL, filled_in | ASKED)
    assert [notice.recipient for notice in Notice.objects.to_staff()] == ["a@practice.example"]
