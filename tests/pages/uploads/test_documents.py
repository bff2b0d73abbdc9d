"""An uploaded document is what its name says, and is sent to be kept, never to be shown."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.models import UploadedFile

from pages.uploads import documents

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
PAGE = b"<!doctype html><title>A page</title><script>alert(1)</script>"


def archive(*names: str, mimetype: bytes = b"") -> bytes:
    """A file of files with these names."""
    content = BytesIO()
    with zipfile.ZipFile(content, "w") as file:
        if mimetype:
            file.writestr("mimetype", mimetype)
        for name in names:
            file.writestr(name, "<x/>")
    return content.getvalue()


DOCX = archive("[Content_Types].xml", "word/document.xml")
ODT = archive("content.xml", mimetype=b"application/vnd.oasis.opendocument.text")
GOOD = {
    "fees.csv": "Service,Fee\nIntake,£1\n".encode(),
    "letter.docx": DOCX,
    "letter.odt": ODT,
    "form.pdf": PDF,
    "FORM.PDF": PDF,
    "letter.rtf": rb"{\rtf1\ansi Hello}",
    "notes.txt": "Fee in £".encode("cp1252"),
    "table.xlsx": archive("[Content_Types].xml", "xl/workbook.xml"),
}
BAD = {
    "a page as pdf": ("form.pdf", PAGE),
    "a page before a pdf": ("form.pdf", PAGE + PDF),
    "a page as text": ("notes.txt", PAGE),
    "a page after words": ("notes.txt", b"Hello <script>alert(1)</script>"),
    "a page as csv": ("fees.csv", b"\xef\xbb\xbf  <HTML><body>"),
    "a program as text": ("notes.txt", b"MZ\x90\x00\x03\x00\x00\x00"),
    "an archive as docx": ("letter.docx", archive("evil.exe")),
    "macros": ("letter.docx", archive("[Content_Types].xml", "word/x.xml", "word/vbaProject.bin")),
    "a table as a letter": ("letter.docx", GOOD["table.xlsx"]),
    "a page before an archive": ("letter.docx", PAGE + DOCX),
    "a letter as odt": ("letter.odt", DOCX),
    "a picture as rtf": ("letter.rtf", b"\x89PNG\r\n\x1a\n" + bytes(50)),
}


@pytest.mark.parametrize("name", GOOD)
def test_document_that_is_what_it_says_is_kept(send_document, name):
    send_document(name, GOOD[name])
    document = Document.objects.get(title="New")
    assert Path(document.file.path).read_bytes() == GOOD[name]


@pytest.mark.parametrize("what", BAD)
def test_document_that_is_something_else_is_refused_in_words(send_document, what):
    answer = send_document(*BAD[what])
    assert "but its content is something else" in answer.content.decode()
    assert answer.content.decode().count("not allowed") == 0
    assert not Document.objects.filter(title="New").exists()
    assert not UploadedFile.objects.exists()


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "macros.docm", "run.exe", "pdf"])
def test_other_kinds_are_refused(send_document, name):
    answer = send_document(name, PAGE)
    assert "Choose a file of one of these kinds: csv, docx" in answer.content.decode()
    assert not Document.objects.filter(title="New").exists()


def test_large_document_is_refused(send_document, monkeypatch):
    monkeypatch.setattr(documents, "MOST_BYTES", 20)
    answer = send_document("form.pdf", PDF)
    assert "too large" in answer.content.decode()


def test_every_kind_that_is_allowed_is_looked_into(settings):
    assert set(documents.LOOKS) == set(settings.WAGTAILDOCS_EXTENSIONS)


@pytest.mark.parametrize("name", GOOD)
def test_document_is_sent_to_be_kept_and_can_do_nothing(planted, visitor, name):
    document = Document(title="New")
    document.file.save(name, ContentFile(GOOD[name]))
    answer = visitor.get(document.url)
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "folder", ["documents", "original_images", "wagtail_uploads", "", "images/../documents"]
)
def test_nothing_else_in_media_has_an_address(planted, visitor, settings, folder):
    place = settings.MEDIA_ROOT / folder
    (settings.MEDIA_ROOT / "images").mkdir(parents=True, exist_ok=True)
    place.mkdir(parents=True, exist_ok=True)
    (place / "secret.pdf").write_bytes(PDF)
    assert visitor.get(f"/media/{folder}/secret.pdf").status_code in {400, 404}
