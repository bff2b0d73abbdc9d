"""Markers are sent through every field, and then looked for in everything that is kept."""

import logging
import subprocess
import tarfile
from pathlib import Path

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from contact.models import Inquiry
from kapsite.backups import make_backup

MARKERS = {
    "name": "Markername",
    "email": "markermail@example.org",
    "phone": "5037778899",
    "message": "Markermessage",
    "website": "Markertrap",
}
# What staff write, by the step that they write it in.
WRITTEN = {
    "note": {"text": "Markernote"},
    "attempt": {"kind": "talked", "text": "Markerattempt", "follow_up": ""},
    "follow-up": {"day": "2999-01-04", "reason": "Markerreason"},
    "hold": {"reason": "Markerhold"},
    "status": {"status": "closed"},
}
WORDS = (
    "markername",
    "markern",
    "markermail",
    "7778899",
    "markermessage",
    "markertrap",
    "markernote",
    "markerattempt",
    "markerreason",
    "markerhold",
)
LISTS = (
    "/admin/",
    "/admin/inquiries/?tab=all",
    "/admin/inquiries/?tab=spam",
    "/admin/inquiries/results/?tab=all",
    "/admin/reports/site-history/",
    "/admin/reports/inquiries/",
    "/admin/reports/audit/",
    "/admin/reports/notices/",
    "/admin/inquiries/export/",
    "/admin/inquiries/person/",
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


def unpacked(database: Path) -> bytes:
    """What a backup's database says: its file, or what the compressed dump spells out."""
    if connection.vendor == "sqlite":
        return database.read_bytes()
    command = ["pg_restore", "--file=-", str(database)]
    return subprocess.run(command, check=True, capture_output=True).stdout


def work_through(inquiry: Inquiry, staff: Client) -> None:
    """Look for it, open it, and write a marker wherever staff can write."""
    for marker in MARKERS.values():
        staff.post(reverse("inquiry:search"), {"text": marker}, follow=True)
    for step, answers in WRITTEN.items():
        staff.post(reverse(f"inquiry:{step}", args=[inquiry.pk]), answers, follow=True)
        # Once more with a mistake, so that a form comes back with what was typed.
        staff.post(reverse(f"inquiry:{step}", args=[inquiry.pk]), answers | {"kind": "x"})
    staff.post(reverse("inquiry:bulk"), {"chosen": str(inquiry.pk), "action": "aside:no"})
    staff.post(reverse("inquiry_records:person"), {"contact": MARKERS["email"]})
    staff.post(reverse("inquiry:enter"), MARKERS | {"contact_by": "phone"})


@pytest.fixture
def marked(contact_page, filled_in, settings, owner):
    """An inquiry with a marker in every field, sent and worked on through the site."""
    settings.INQUIRY_NOTICE_EMAILS = ["intake@practice.example"]
    asked = {"wants_acknowledgement": "on"}
    assert Client().post("/contact/", filled_in | MARKERS | asked).status_code == 302
    inquiry = Inquiry.objects.get()
    work_through(inquiry, owner)
    call_command("deliver", "--once")
    return inquiry


def test_no_table_holds_a_marker_in_clear(marked):
    rows = every_row()
    assert marked.reference in rows
    assert len(apps.get_models()) > 20
    assert clear_text(rows) == []


@pytest.mark.django_db(transaction=True)
def test_no_file_of_the_data_folder_holds_a_marker_in_clear(
    contact_page, filled_in, settings, owner, tmp_path
):
    """The database, its journal, a backup unpacked: whatever a thief could copy.

    Another process makes the copies. Were a database file opened and closed in this one, the
    locks that SQLite holds on it would be gone, and the next writer would break it.
    """
    assert Client().post("/contact/", filled_in | MARKERS).status_code == 302
    work_through(Inquiry.objects.first(), owner)
    archive = make_backup(settings.BACKUP_DIR)
    subprocess.run(["cp", "-r", settings.DATA_DIR, tmp_path], check=True)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    content = b"".join(path.read_bytes() for path in files)
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "backup", filter="data")
    content += unpacked(tmp_path / "backup" / "database")
    assert Inquiry.objects.first().reference.encode() in content  # It is all in there.
    assert clear_text(content.decode("latin-1")) == []


def test_no_mail_holds_a_marker(marked):
    assert len(mail.outbox) > 1
    for sent in mail.outbox:
        # The acknowledgement has to go to somebody: its envelope is the one exception.
        text = str(sent.message()).replace("To: markermail@example.org", "To:")
        assert clear_text(text) == []


@pytest.mark.parametrize("path", LISTS)
def test_no_list_of_the_admin_holds_a_marker(marked, owner, path):
    response = owner.get(path)
    assert response.status_code == 200
    assert clear_text(response.text) == []


def test_no_log_line_holds_a_marker(contact_page, filled_in, caplog, monkeypatch, owner):
    caplog.set_level(logging.DEBUG)
    browser = Client(raise_request_exception=False)
    browser.post("/contact/", filled_in | MARKERS)
    browser.post("/contact/", filled_in | MARKERS | {"name": ""})
    work_through(Inquiry.objects.first(), owner)
    monkeypatch.setattr("contact.intake._store", lambda *_inquiry: 1 / 0)
    assert browser.post("/contact/", filled_in | MARKERS).status_code == 500
    owner.raise_request_exception = False
    monkeypatch.setattr("contact.triage.work.add_note", lambda *_note: 1 / 0)
    note = reverse("inquiry:note", args=[Inquiry.objects.first().pk])
    assert owner.post(note, WRITTEN["note"]).status_code == 500
    assert caplog.text.count("ZeroDivisionError") >= 2
    assert clear_text(caplog.text) == []


def test_the_page_of_the_inquiry_shows_what_was_sent_and_written(marked, triager):
    html = triager.get(reverse("inquiry:inspect", args=[marked.pk])).text
    assert set(clear_text(html)) == set(WORDS) - {"markertrap"}
