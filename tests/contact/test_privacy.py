"""Markers are sent through every field, and then looked for in everything that is kept."""

import logging

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from contact.models import Inquiry

MARKERS = {
    "name": "Markername",
    "email": "markermail@example.org",
    "phone": "5037778899",
    "message": "Markermessage",
    "website": "Markertrap",
}
NOTE = "Markernote"
WORDS = (
    "markername",
    "markern",
    "markermail",
    "7778899",
    "markermessage",
    "markertrap",
    "markernote",
)


def clear_text(text: str) -> list[str]:
    """The markers that can be read in a text."""
    return [word for word in WORDS if word in text.lower()]


def every_row() -> str:
    """Every column of every row of every table, as the database holds them."""
    found = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            found += [f"{table}: {row}" for row in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def marked(contact_page, filled_in, settings, triager):
    """An inquiry with a marker in every field, sent and worked on through the site."""
    settings.INQUIRY_NOTICE_EMAILS = ["intake@practice.example"]
    assert Client().post("/contact/", filled_in | MARKERS).status_code == 302
    inquiry = Inquiry.objects.get()
    triager.post(reverse("inquiry:note", args=[inquiry.pk]), {"text": NOTE})
    triager.post(reverse("inquiry:status", args=[inquiry.pk]), {"status": "closed"})
    call_command("deliver", "--once")
    return inquiry


def test_no_table_holds_a_marker_in_clear(marked):
    rows = every_row()
    assert marked.reference in rows
    assert len(apps.get_models()) > 20
    assert clear_text(rows) == []


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_data_folder_holds_a_marker_in_clear(contact_page, filled_in, settings):
    assert Client().post("/contact/", filled_in | MARKERS).status_code == 302
    files = [path for path in settings.DATA_DIR.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    if connection.vendor == "sqlite":  # Otherwise nothing has been looked at.
        assert Inquiry.objects.get().reference.encode() in content
    assert clear_text(content.decode("latin-1")) == []


def test_no_mail_and_no_admin_list_holds_a_marker(marked, triager):
    [sent] = mail.outbox
    assert clear_text(str(sent.message())) == []
    for path in ("/admin/", "/admin/inquiries/?status=closed", "/admin/reports/site-history/"):
        assert clear_text(triager.get(path).text) == []


def test_no_log_line_holds_a_marker(contact_page, filled_in, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    browser = Client(raise_request_exception=False)
    browser.post("/contact/", filled_in | MARKERS)
    browser.post("/contact/", filled_in | MARKERS | {"name": ""})
    monkeypatch.setattr("contact.intake._store", lambda *_inquiry: 1 / 0)
    assert browser.post("/contact/", filled_in | MARKERS).status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert clear_text(caplog.text) == []


def test_the_page_of_the_inquiry_shows_what_was_sent(marked, triager):
    html = triager.get(reverse("inquiry:inspect", args=[marked.pk])).text
    assert set(clear_text(html)) == set(WORDS) - {"markertrap"}
