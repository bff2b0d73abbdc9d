"""Reply templates: filled in, for the way in which somebody wants to be reached."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from contact.models import ReplyTemplate
from tests.practice import set_practice


@pytest.fixture(autouse=True)
def no_starter_templates(db):
    ReplyTemplate.objects.all().delete()


@pytest.fixture
def letter(db) -> ReplyTemplate:
    return ReplyTemplate.objects.create(
        title="First letter",
        subject="Your message {reference}",
        body="Hello {name},\nthank you. {unknown} {0} %s & more?\n{practice}, {phone}",
    )


@pytest.fixture
def replies(inquiry, triager):
    """A function: the replies on the inquiry's page."""
    page = reverse("inquiry:inspect", args=[inquiry.pk])
    return lambda: triager.get(page).context["replies"]


def test_a_letter_opens_filled_in_in_the_own_mail_program(letter, inquiry, replies):
    set_practice(name="Sample practice", phone="+1 503 555 0199")
    [reply] = replies()
    link = urlsplit(reply.mailto)
    assert (link.scheme, link.path) == ("mailto", "ada@example.org")
    said = parse_qs(link.query)
    assert said["subject"] == [f"Your message {inquiry.reference}"]
    assert said["body"] == [
        "Hello Ada Lovelace,\r\nthank you. {unknown} {0} %s & more?\r\n"
        "Sample practice, +1 503 555 0199"
    ]


def test_a_name_can_add_nothing_to_the_letter(letter, inquiry, replies):
    inquiry.name = "Eve&bcc=all@example.org\r\nBcc: x@example.org {phone}"
    inquiry.save()
    [reply] = replies()
    assert set(parse_qs(urlsplit(reply.mailto).query)) == {"subject", "body"}
    assert "\n" not in reply.mailto


def test_who_wants_a_call_gets_no_letter(letter, inquiry, replies):
    inquiry.contact_by = "phone"
    inquiry.save()
    assert replies() == []
    ReplyTemplate.objects.create(title="Call", contact_by="phone", body="This is {me}.")
    [reply] = replies()
    assert (reply.mailto, reply.title) == ("", "Call")


def test_without_an_address_that_opens_there_is_no_letter(letter, inquiry, replies):
    inquiry.email = ""
    inquiry.save()
    assert replies()[0].mailto == ""


def test_the_team_writes_its_own_templates(triager):
    add = reverse("reply_template:add")
    data = {"title": "Thanks", "contact_by": "email", "subject": "Hello", "body": "Hello {name}"}
    triager.post(add, data)
    assert ReplyTemplate.objects.get().title == "Thanks"


@pytest.mark.parametrize("colleague", ["editor", "reviewer"])
def test_others_have_no_business_there(colleague, request):
    browser = request.getfixturevalue(colleague)
    response = browser.get(reverse("reply_template:index"))
    assert response["Location"] == "/admin/"


def test_braces_in_a_name_stay_what_they_are(letter, inquiry, replies):
    set_practice(name="Sample practice")
    inquiry.name = "{practice} {me}"
    inquiry.save()
    assert replies()[0].text.startswith("Hello {practice} {me},")
