"""Nobody but the site itself can mark a message as a test, and so have it thrown away."""

import uuid

import pytest
import time_machine
from django.core import signing
from django.utils import timezone

from contact.models import Inquiry, Notice, PostTally, Source
from contact.rehearsal import mark
from tests.contact.rehearsal.conftest import MINUTE, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(contact_page, visitor, filled_in):
    """A function: post the form with this mark; what it was stored as."""

    def post(value: str) -> str:
        answer = visitor.post("/contact/", filled_in, headers={mark.HEADER: value})
        assert answer.status_code == 302
        return Inquiry.everything.get().source

    return post


def test_our_own_mark_is_known(send, filled_in):
    assert send(mark.made_for(uuid.UUID(filled_in["submission_id"]))) == Source.REHEARSAL
    assert [notice.address for notice in Notice.everything.all()] == [""]
    assert not PostTally.objects.exists()


def test_a_visitor_without_a_mark_is_a_person(send):
    assert send("") == Source.FORM
    assert [notice.address for notice in Notice.objects.all()] == [STAFF]


@pytest.mark.parametrize("forged", ["yes", "1:2:3", "\xff", "rehearsal"])
def test_a_word_in_the_header_marks_nothing(send, forged):
    assert send(forged) == Source.FORM


def test_a_signature_of_another_secret_marks_nothing(send, filled_in):
    signer = signing.TimestampSigner(key="another", salt="contact.rehearsal")
    assert send(signer.sign(filled_in["submission_id"])) == Source.FORM


@pytest.mark.parametrize("salt", ["contact.form.shown", "contact.thanks"])
def test_what_we_sign_for_visitors_marks_nothing(send, filled_in, salt):
    assert send(signing.TimestampSigner(salt=salt).sign(filled_in["submission_id"])) == Source.FORM


def test_a_mark_holds_for_one_submission(send):
    assert send(mark.made_for(uuid.uuid4())) == Source.FORM


def test_a_mark_holds_for_a_minute(send, filled_in):
    with time_machine.travel(timezone.now() - 2 * MINUTE):
        old = mark.made_for(uuid.UUID(filled_in["submission_id"]))
    assert send(old) == Source.FORM


def test_nothing_that_a_visitor_sends_sets_the_source(contact_page, visitor, filled_in):
    visitor.post("/contact/?source=rehearsal", filled_in | {"source": "rehearsal"})
    assert Inquiry.objects.get().source == Source.FORM
