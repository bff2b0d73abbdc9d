"""A message that cannot be stored: the page says so, says whom to call, and keeps the text."""

import sqlite3

import pytest
from django.db import IntegrityError, OperationalError, connection
from django.test import Client

from contact.models import ContactPage, Inquiry
from tests.practice import set_practice

from .test_privacy import MARKERS, clear_text

URL = "/contact/"
TYPED = "Not to be typed &lt;twice&gt;"

on_sqlite = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="Only a file can be filled or locked from here."
)


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


@pytest.fixture
def full_disk(transactional_db):
    """A database whose file cannot grow, as on a full disk."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE filler (content BLOB)")
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + 20}")
    yield fill
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
        cursor.execute("DROP TABLE filler")


def fill() -> None:
    """Take the room that is left, down to the last row."""
    for size in (100_000, 3_000, 100, 1):
        with connection.cursor() as cursor, pytest.raises(OperationalError, match="full"):
            pour(cursor, size)


def pour(cursor, size: int) -> None:
    """Add rows of so many bytes until there is no room for one more."""
    while True:
        cursor.execute("INSERT INTO filler VALUES (zeroblob(%s))", [size])


@on_sqlite
def test_on_a_full_disk_the_page_is_honest_and_keeps_the_text(full_disk, answer):
    full_disk()
    response = answer(name="A" * 200)  # With an index of many rows: more than a page has room for.
    assert_honest(response)
    assert 'href="tel:+1-503-555-0199"' in response.text
    assert not Inquiry.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")
    assert answer().status_code == 302
    assert Inquiry.objects.count() == 1


@on_sqlite
@pytest.mark.django_db(transaction=True)
def test_while_the_database_is_locked_the_page_is_honest_and_keeps_the_text(answer):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    response = answer()
    other.rollback()
    other.close()
    assert_honest(response)
    assert 'href="tel:+1-503-555-0199"' in response.text
    assert answer().status_code == 302
    assert Inquiry.objects.count() == 1
    connection.close()  # The next one waits as long as ever.


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
