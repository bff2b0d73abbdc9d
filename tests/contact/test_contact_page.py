"""The contact page as a visitor's browser meets it."""

import hashlib
import re

import pytest
from django.test import Client

from contact.models import AuditEntry, Inquiry, Notice
from tests.practice import set_practice

URL = "/contact/"


@pytest.fixture
def visitor(contact_page) -> Client:
    return Client()


def hidden_values(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))


def test_the_form_is_shown_and_nobody_keeps_a_copy(visitor):
    response = visitor.get(URL)
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    assert hidden_values(response.text).keys() == {"submission_id", "stamp"}


def test_the_browser_does_not_judge_before_we_do(visitor):
    assert re.search(r"<form method=\"post\"[^>]* novalidate", visitor.get(URL).text)


def test_crisis_help_stands_above_the_form_and_beside_the_message(visitor):
    html = visitor.get(URL).text
    main = html[html.index("<main") :]
    above, _form, form = main.partition("<form")
    before_message = form.partition("<textarea")[0]
    assert 'href="tel:988"' in above
    assert 'href="tel:988"' in before_message


def test_an_empty_form_comes_back_with_an_error_summary(visitor):
    html = visitor.post(URL, {}).text
    assert "<title>Error: " in html
    assert '<a href="#id_name">Enter the name you like to be called</a>' in html
    assert '<a href="#id_contact_by_0">Choose how we should reach you</a>' in html
    main = html[html.index("<main") :]
    assert main.index("error-summary") < main.index("<h1") < main.index("<form")
    assert not Inquiry.objects.exists()


def test_every_kind_of_field_is_there_after_an_empty_post(visitor):
    html = visitor.post(URL, {}).text
    for markup in (
        "<textarea",
        "<select",
        'type="radio"',
        'type="checkbox"',
        'type="hidden"',
        'type="tel"',
    ):
        assert markup in html


def test_everything_typed_is_kept_when_something_is_missing(visitor, filled_in, contact_page):
    typed = filled_in | {
        "name": "",
        "phone": "503 call me",
        "message": "<b>Mine</b> & yours",
        "voicemail_ok": "on",
        "best_time": "evening",
        "state": "OR",
        "topic": contact_page.topic_labels[1],
    }
    html = visitor.post(URL, typed).text
    assert 'value="ada@example.org"' in html
    assert 'value="503 call me"' in html
    assert "&lt;b&gt;Mine&lt;/b&gt; &amp; yours" in html
    assert re.search(r'name="contact_by" value="email"[^>]*checked', html)
    assert re.search(r'name="voicemail_ok"[^>]*checked', html)
    for choice in ("evening", "OR", contact_page.topic_labels[1]):
        assert f'<option value="{choice}" selected>' in html
    assert hidden_values(html)["submission_id"] == filled_in["submission_id"]


def test_a_message_is_stored_with_its_index_its_notices_and_its_trail(
    visitor, filled_in, settings, contact_page
):
    settings.INQUIRY_NOTICE_EMAILS = [
        "a@practice.example",
        "b@practice.example",
        "a@practice.example",
    ]
    response = visitor.post(URL, filled_in)
    inquiry = Inquiry.objects.get()
    assert response.status_code == 302
    assert (inquiry.name, inquiry.email) == ("Ada Lovelace", "ada@example.org")
    assert inquiry.message == "I would like to know more."
    assert inquiry.page_id == contact_page.pk
    assert inquiry.terms.count() > 5
    assert {notice.recipient for notice in Notice.objects.all()} == {
        "a@practice.example",
        "b@practice.example",
    }
    assert [(e.action, e.reference) for e in AuditEntry.objects.all()] == [
        ("received", inquiry.reference)
    ]


def test_the_consent_is_stored_as_the_fingerprint_of_what_was_shown(
    visitor, filled_in, contact_page
):
    assert contact_page.consent in visitor.get(URL).text
    visitor.post(URL, filled_in)
    inquiry = Inquiry.objects.get()
    assert inquiry.consent_hash == hashlib.sha256(contact_page.consent.encode()).hexdigest()
    assert inquiry.consent_language == "en"


def test_the_thanks_page_gives_the_reference_and_nothing_that_was_typed(visitor, filled_in):
    response = visitor.post(URL, filled_in, follow=True)
    assert response.redirect_chain[0][0].startswith("/contact/thanks/?")
    assert Inquiry.objects.get().reference in response.text
    assert "no-store" in response["Cache-Control"]
    assert 'href="tel:988"' in response.text.partition("<main")[2]
    for typed in ("Ada Lovelace", "ada@", "know more"):
        assert typed not in response.text + response.redirect_chain[0][0]


@pytest.mark.parametrize(
    ("way", "words"),
    [
        ({"contact_by": "email"}, "We write to the e-mail address"),
        ({"contact_by": "phone", "phone": "503 555 0177"}, "We call the number"),
    ],
)
def test_the_thanks_page_says_the_day_and_the_steps_that_follow(visitor, filled_in, way, words):
    set_practice(reply_within_days=1, phone="503 555 0199")
    html = visitor.post(URL, filled_in | way, follow=True).text.partition("<main")[2]
    steps = [html.index(text) for text in ("We will reply by ", "Our staff open", words)]
    assert steps == sorted(steps)
    assert "call us at 503 555 0199" in html
    assert "0177" not in html


def test_a_thanks_page_promises_no_day_where_none_is_set(visitor, filled_in):
    html = visitor.post(URL, filled_in, follow=True).text
    assert "What happens next" in html
    assert "reply by" not in html
    assert "by then" not in html


@pytest.mark.parametrize("ref", ["", "ABCD-EFGH", "ABCD-EFGH:forged", "\u0000"])
def test_a_thanks_page_without_a_genuine_ticket_names_no_reference(visitor, inquiry, ref):
    response = visitor.get("/contact/thanks/", {"ref": ref.replace("ABCD-EFGH", inquiry.reference)})
    assert response.status_code == (400 if "\u0000" in ref else 200)
    assert inquiry.reference not in response.text


def test_the_same_form_sent_again_is_thanked_again_and_stored_once(visitor, filled_in):
    first, second = visitor.post(URL, filled_in), visitor.post(URL, filled_in)
    assert first["Location"] == second["Location"]
    assert Inquiry.objects.count() == AuditEntry.objects.count() == 1


def test_a_taken_reference_is_drawn_again(visitor, filled_in, inquiry, monkeypatch):
    field = Inquiry._meta.get_field("reference")
    monkeypatch.setitem(vars(field), "_get_default", lambda: inquiry.reference)
    assert visitor.post(URL, filled_in).status_code == 302
    assert Inquiry.objects.values("reference").distinct().count() == 2


def test_what_looks_like_spam_is_thanked_and_put_aside(visitor, filled_in):
    response = visitor.post(URL, filled_in | {"website": "https://spam.example", "stamp": ""})
    assert response.status_code == 302
    inquiry = Inquiry.objects.get()
    assert inquiry.quarantined
    assert inquiry.quarantine_reasons == ["trap", "no_stamp"]


def test_a_link_can_choose_the_topic(visitor):
    html = visitor.get(URL, {"topic": "cost-and-insurance"}).text
    assert '<option value="Cost and insurance" selected>' in html
    assert "selected>Choose a topic" in visitor.get(URL, {"topic": "<script>"}).text


def test_a_promise_is_shown_stored_and_due(visitor, filled_in):
    set_practice(reply_within_days=2, time_zone="America/Los_Angeles")
    response = visitor.post(URL, filled_in, follow=True)
    inquiry = Inquiry.objects.get()
    assert inquiry.promise.startswith("We will reply by ")
    assert inquiry.promise in response.text
    assert inquiry.due_at
    assert inquiry.due_at > inquiry.created_at


@pytest.mark.parametrize(
    ("path", "method"), [(URL, "put"), (URL, "delete"), ("/contact/thanks/", "post")]
)
def test_other_methods_are_refused(visitor, path, method):
    assert getattr(visitor, method)(path).status_code == 405


def test_an_inquiry_outlives_its_page(visitor, filled_in, contact_page):
    visitor.post(URL, filled_in)
    contact_page.delete()
    assert Inquiry.objects.get().page_id is None


@pytest.mark.parametrize("mode", ["", "thanks"])
def test_editors_can_preview_both_pages(contact_page, mode):
    response = contact_page.make_preview_request(preview_mode=mode)
    response.render()
    assert response.status_code == 200
    assert ("<form method" in response.text) == (mode == "")
