"""Whatever happens between page and post: exactly one inquiry, or the filled form again."""

import sqlite3
import urllib.request
import uuid
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from wagtail.models import Page, get_page_models

from contact.models import ContactPage, Inquiry
from contact.stamp import STAMP_SALT
from tests.sites import make_site, serve

from .conftest import stamp_of_age

URL = "/contact/"


@pytest.fixture
def sender(contact_page) -> Client:
    """A browser whose posts are checked as they are in earnest."""
    return Client(enforce_csrf_checks=True)


class HiddenFields(HTMLParser):
    """The hidden fields of a page, as a browser would send them back."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if tag == "input" and attributes.get("type") == "hidden":
            self.found[attributes["name"]] = attributes["value"]


def test_the_form_needs_no_cookie(sender, filled_in):
    page = sender.get(URL)
    assert not page.cookies
    assert HiddenFields(page.text).found.keys() == {"submission_id", "stamp"}
    assert not sender.post(URL, {}).cookies
    sent = sender.post(URL, filled_in)
    assert sent.status_code == 302
    assert not sent.cookies
    assert not sender.get(sent["Location"]).cookies
    assert not Inquiry.objects.get().quarantined


def test_a_stale_cookie_and_token_do_no_harm(sender, filled_in):
    sender.cookies["csrf"] = "of-last-week"
    answer = sender.post(URL, filled_in | {"csrfmiddlewaretoken": "of-another-week"})
    assert answer.status_code == 302
    assert Inquiry.objects.count() == 1


def test_a_page_that_was_open_for_a_year_still_sends(sender, filled_in):
    sender.post(URL, filled_in | {"stamp": stamp_of_age(365 * 86400)})
    assert not Inquiry.objects.get().quarantined


def test_a_page_signed_with_a_key_that_is_gone_still_sends(sender, filled_in):
    stamp = TimestampSigner(key="another key", salt=STAMP_SALT).sign("form")
    assert sender.post(URL, filled_in | {"stamp": stamp}).status_code == 302
    assert Inquiry.objects.get().quarantine_reasons == ["no_stamp"]


def test_a_post_from_another_website_is_put_aside_and_not_refused(sender, filled_in):
    answer = sender.post(URL, filled_in, HTTP_SEC_FETCH_SITE="cross-site")
    assert answer.status_code == 302
    assert Inquiry.objects.get().quarantine_reasons == ["foreign"]


@pytest.mark.parametrize("site", ["same-origin", "same-site", "none"])
def test_a_post_from_our_own_page_is_not_put_aside(sender, filled_in, site):
    sender.post(URL, filled_in, HTTP_SEC_FETCH_SITE=site)
    assert not Inquiry.objects.get().quarantined


def test_a_post_speaks_for_nobody_who_is_signed_in(contact_page, filled_in, owner):
    before = dict(owner.session)
    assert owner.post(URL, filled_in).status_code == 302
    assert dict(owner.session) == before


def test_only_the_contact_page_takes_posts():
    """Page views are exempt from the CSRF check; so no other page may take what they exempt."""
    models = [model for model in get_page_models() if model is not Page]  # It has no view here.
    assert len(models) > 4
    takes_posts = [model for model in models if "POST" in model.allowed_http_method_names()]
    assert takes_posts == [ContactPage]


def test_back_and_send_again_is_the_same_inquiry(sender, filled_in):
    first = sender.post(URL, filled_in)
    again = sender.post(URL, filled_in | {"stamp": stamp_of_age(600)})
    assert first["Location"] == again["Location"]
    assert Inquiry.objects.count() == 1


def test_back_correct_and_send_again_loses_neither(sender, filled_in):
    first = sender.post(URL, filled_in)
    corrected = filled_in | {"email": "ada@corrected.example"}
    second, third = sender.post(URL, corrected), sender.post(URL, corrected)
    assert second["Location"] == third["Location"] != first["Location"]
    assert {row.email for row in Inquiry.objects.all()} == {
        "ada@example.org",
        "ada@corrected.example",
    }


def test_what_cannot_be_opened_any_more_does_not_swallow_what_is_sent(sender, filled_in):
    sender.post(URL, filled_in)
    Inquiry.objects.update(reference="DAMA-GED9")
    other = Inquiry(name="Grace", contact_by="email")
    other.save()
    token = Inquiry._meta.get_field("name").token(other)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contact_inquiry SET name = %s WHERE reference = 'DAMA-GED9'", [token]
        )
    other.delete()
    sender.post(URL, filled_in)
    sender.post(URL, filled_in)
    assert Inquiry.objects.exclude(reference="DAMA-GED9").get().name == "Ada Lovelace"


def test_other_addresses_answer_a_missing_token_with_the_plain_page(sender):
    answer = sender.post("/admin/login/", {"username": "marker-of-somebody"})
    assert answer.status_code == 403
    assert 'href="tel:988"' in answer.text
    for word in ("marker-of-somebody", "CSRF", "cookie"):
        assert word not in answer.text


def rows(data_dir: Path) -> int:
    with sqlite3.connect(data_dir / "db.sqlite3") as database:
        return database.execute("SELECT count(*) FROM contact_inquiry").fetchone()[0]


def test_a_restart_between_page_and_post_loses_nothing(tmp_path, filled_in):
    site = make_site(tmp_path)
    with serve(site) as address, urllib.request.urlopen(address + URL) as page:  # noqa: S310
        shown = HiddenFields(page.read().decode()).found
    with serve(site) as address:
        data = urlencode(filled_in | shown | {"submission_id": str(uuid.uuid4())}).encode()
        for _time in range(2):
            with urllib.request.urlopen(address + URL, data) as thanks:  # noqa: S310
                assert "/contact/thanks/?ref=" in thanks.url
    assert rows(site) == 1
