"""A message that cannot be stored: the page says so, says whom to call, and keeps the text."""

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client

from contact.models import ContactPage, Inquiry
from tests.practice import set_practice

from .broken_databases import full, locked
from .test_privacy import MARKERS, clear_text

URL = "/contact/"
TYPED = "Not to be typed &lt;twice&gt;"


@pytest.fixture
def answer(contact_page, filled_in):
    """A function: what a visitor gets who sends a message now."""
    set_practice(phone="503 555 0199")

    def send(**changes):
        return Client().post(URL, filled_in | {"message": "Not to be typed <twice>"} | changes)

    return send


def assert_honest(response) -> None:
    """It says that nothing was stored, whom to call, and has every word that was typed."""
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]
    assert "<title>Error: " in response.text
    main = response.text.partition("<main")[2]
    assert "Your message has not been sent" in main
    assert 'href="tel:988"' in main
    assert TYPED in main
    assert 'value="ada@example.org"' in main
    assert 'name="submission_id"' in main


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("broken", [full, locked])
def test_a_database_that_refuses_makes_the_page_honest_and_keeps_the_text(answer, broken):
    with broken():
        # With an index of many rows: more than a page of a full file has room for.
        response = answer(name="A" * 200)
    assert_honest(response)
    assert 'href="tel:+1-503-555-0199"' in response.text
    assert not Inquiry.objects.exists()
    assert answer().status_code == 302
    assert Inquiry.objects.count() == 1


def test_nobody_waits_longer_than_twenty_seconds_for_a_lock(db):
    question = {"sqlite": "PRAGMA busy_timeout", "postgresql": "SHOW lock_timeout"}
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        assert str(cursor.fetchone()[0]) in {"20000", "20s"}


def fail(*args, **kwargs):
    raise OperationalError("server closed the connection: Markername")


@pytest.mark.parametrize(
    "error",
    [OperationalError("Markername"), IntegrityError("Markername"), OSError("Markername")],
)
def test_whatever_keeps_it_from_being_stored_the_page_is_honest(answer, monkeypatch, error):
    def break_down(*args):
        raise error

    monkeypatch.setattr("contact.intake._store", break_down)
    assert_honest(answer())
    monkeypatch.undo()
    assert answer().status_code == 302


def test_without_any_database_the_form_comes_back_in_a_plain_frame(answer, monkeypatch):
    monkeypatch.setattr("contact.intake._store", fail)
    monkeypatch.setattr(ContactPage, "render", fail)
    response = answer()
    assert_honest(response)
    assert 'href="tel:+1-503-555-0199"' in response.text
    assert "action" not in response.text.partition("<form")[2].partition(">")[0]


def test_when_not_even_the_page_is_found_the_form_comes_back(answer, contact_page, monkeypatch):
    Client().get(URL)
    monkeypatch.setattr("pages.views.site_of", fail)
    topic = contact_page.topic_labels[1]
    response = answer(topic=topic, voicemail_ok="on")
    assert_honest(response)
    assert 'href="tel:+1-503-555-0199"' in response.text
    assert f'<option value="{topic}" selected>' in response.text
    monkeypatch.undo()
    assert answer(topic=topic).status_code == 302


@pytest.mark.parametrize(("method", "path"), [("get", URL), ("post", "/about/")])
def test_other_requests_get_the_general_error_page(answer, monkeypatch, method, path):
    monkeypatch.setattr("pages.views.site_of", fail)
    browser = Client(raise_request_exception=False)
    assert getattr(browser, method)(path).status_code == 500


def test_a_failure_writes_nothing_that_was_typed_into_the_log(answer, monkeypatch, caplog):
    monkeypatch.setattr("contact.intake._store", fail)
    assert answer(**MARKERS).status_code == 503
    assert "OperationalError" in caplog.text
    assert clear_text(caplog.text) == []
