"""An uploaded document is of one of the few kinds that we offer, and is what its name says.

Documents are sent to be kept, never to be shown (`WAGTAILDOCS_INLINE_CONTENT_TYPES`), so what is
in one does not run on this site. The look at its content is for whoever opens it: a page with
scripts does not come as a PDF, nor a spreadsheet with macros as one without.
"""

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import IO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

MOST_BYTES = 10 * 1024 * 1024
HEAD = 8192  # Bytes that tell one kind from another.
MOST_PARTS = 10_000  # Of an archive: we read their names only, and not without end.
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<script", b"<svg", b"<?xml", b"<?php")


def check_document(file: UploadedFile) -> None:
    """Raises ValidationError, in words for the editor, unless the file is what its name says."""
    ending = PurePath(file.name or "").suffix.lower().lstrip(".")
    if ending not in LOOKS:
        message = _("Choose a file of one of these kinds: %(kinds)s.") % {"kinds": ", ".join(LOOKS)}
        raise ValidationError(message, code="invalid_extension")
    if (file.size or 0) > MOST_BYTES:
        message = _("This file is too large: %(size)s. It may have up to %(most)s.")
        sizes = {"size": filesizeformat(file.size or 0), "most": filesizeformat(MOST_BYTES)}
        raise ValidationError(message % sizes, code="file_too_large")
    if not _is_what_it_says(file, ending):
        raise ValidationError(
            _(
                "The name of this file ends in .%(ending)s, but its content is something else. "
                "Save it again in the program that made it, and try once more."
            )
            % {"ending": ending},
            code="invalid_content",
        )


def _is_what_it_says(file: UploadedFile, ending: str) -> bool:
    file.seek(0)
    try:
        return LOOKS[ending](file)
    finally:
        file.seek(0)


def _starts_as(ending: str) -> Callable[[IO[bytes]], bool]:
    """A look at the mark with which files of a kind begin."""

    def look(file: IO[bytes]) -> bool:
        return filetype.guess_extension(file.read(HEAD)) == ending

    return look


def _is_text(file: IO[bytes]) -> bool:
    """Whether it is text in UTF-8 or Windows' own letters, and no page that a browser would show.

    A file that begins as one of another kind is none, and text has no zero bytes.
    """
    content = file.read()
    start = content[:HEAD].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if b"\0" in content or filetype.guess(content[:HEAD]) or start.startswith(MARKUP):
        return False
    return not any(mark in start for mark in (b"<script", b"<html"))


def _is_office(folder: str) -> Callable[[IO[bytes]], bool]:
    """A look into a Word or Excel file: its parts are there, and no macros."""

    def look(file: IO[bytes]) -> bool:
        names = _names_in(file)
        macros = any("vbaproject" in name.lower() for name in names)
        has_parts = any(name.startswith(f"{folder}/") for name in names)
        return "[Content_Types].xml" in names and has_parts and not macros

    return look


def _is_open_document(file: IO[bytes]) -> bool:
    """Whether an archive says of itself, uncompressed at its very start, that it is an ODT."""
    start = file.read(HEAD)
    kind = b"mimetypeapplication/vnd.oasis.opendocument.text"
    return kind in start[:200] and "content.xml" in _names_in(file)


def _names_in(file: IO[bytes]) -> set[str]:
    """The names of the parts of an archive; none if it is no archive, or has too many.

    An archive begins where the file begins: what is hung onto a page or a program is refused.
    """
    file.seek(0)
    if file.read(4) != b"PK\x03\x04":
        return set()
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return set()
    return set(names) if len(names) <= MOST_PARTS else set()


LOOKS: dict[str, Callable[[IO[bytes]], bool]] = {
    "csv": _is_text,
    "docx": _is_office("word"),
    "odt": _is_open_document,
    "pdf": _starts_as("pdf"),
    "rtf": _starts_as("rtf"),
    "txt": _is_text,
    "xlsx": _is_office("xl"),
}
