"""An inquiry that came by phone."""

import uuid

import pytest

from contact.models import AuditEntry, BlindTerm, Inquiry, Notice
from tests.practice import set_practice

from .conftest import account_of

ENTER = "/admin/inquiries/enter/"


@pytest.fixture
def call():
    """What somebody types while the caller talks."""
    return {
        "name": "Ada Lovelace",
        "contact_by": "phone",
        "phone": "503 555 0100",
        "message": "Heard about us on the radio.",
        "submission_id": str(uuid.uuid4()),
    }


def test_a_call_is_an_inquiry_like_any_other(call, triager, settings):
    settings.INQUIRY_NOTICE_EMAILS = ["intake@practice.example"]
    set_practice(reply_within_days=2)
    html = triager.post(ENTER, call, follow=True).text
    inquiry = Inquiry.objects.get()
    assert f"The call is written down as {inquiry.reference}." in html
    assert (inquiry.source, inquiry.phone) == ("phone", "+15035550100")
    assert (inquiry.assigned_to, inquiry.quarantined) == (account_of(triager), False)
    assert inquiry.due_at == inquiry.reply_by is not None
    assert BlindTerm.objects.filter(inquiry=inquiry).exists()
    assert not Notice.objects.exists()
    received = AuditEntry.objects.get(action="received")
    assert (received.actor, received.detail) == ("intake-team@example.org", {"source": "phone"})


def test_who_was_talked_to_waits_for_no_first_reply(call, triager):
    triager.post(ENTER, call | {"have_talked": "on"})
    inquiry = Inquiry.objects.get()
    assert (inquiry.status, inquiry.due_at) == ("in_conversation", None)
    assert inquiry.answered_at


def test_a_second_click_is_the_same_inquiry(call, triager):
    first = triager.post(ENTER, call | {"have_talked": "on"})
    second = triager.post(ENTER, call | {"have_talked": "on"})
    assert first["Location"] == second["Location"]
    assert Inquiry.objects.count() == 1


def test_mistakes_are_told_beside_the_field_and_what_was_typed_is_kept(call, triager):
    response = triager.post(ENTER, call | {"phone": "12", "name": ""})
    assert response.text.count("Enter a phone number with its area code") == 2
    assert "Heard about us on the radio." in response.text
    assert not Inquiry.objects.exists()


def test_what_guards_the_public_page_is_not_asked(triager):
    form = triager.get(ENTER).context["form"]
    assert not {"website", "stamp", "wants_acknowledgement"} & set(form.fields)
