"""The style sheet, as it stands in every page.

It is written as one file a component and sent inside the page: asking for a file first would cost
a visitor on a slow line more time than the few kilobytes do. Nothing is built beforehand; a
process puts the files together when it sends its first page.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.safestring import SafeString, mark_safe

FOLDER = Path(settings.STATICFILES_DIRS[0]) / "css"
FONT = re.compile(r'url\("\.\./(fonts/[^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
SPACE = re.compile(r"\s*\n\s*|(?<=[;,{]) | (?=[{}])|;(?=\s*\})|(?<=[\w-]:) ")
SEAM = "}@layer components{"  # Where the file of one component meets the next.


def sheets() -> list[Path]:
    """The files in the order in which they belong: `tokens.css` names the layers."""
    frame = [FOLDER / f"{name}.css" for name in ("tokens", "base", "layout", "prose")]
    return [*frame, *sorted((FOLDER / "components").glob("*.css"))]


def _with_address(font: re.Match) -> str:
    """The font's own address; without its fingerprint where static files are not collected."""
    try:
        address = staticfiles_storage.url(font[1])
    except ValueError:
        address = settings.STATIC_URL + font[1]
    return f'url("{address}")'


def _tight(css: str) -> str:
    """The rules without comments and without the spaces that only people need."""
    return SPACE.sub("", COMMENT.sub("", css)).strip()


def put_together() -> SafeString:
    """The whole style sheet; what is for paper comes last and counts on paper only."""
    screen = "".join(_tight(sheet.read_text()) for sheet in sheets()).replace(SEAM, "")
    paper = _tight((FOLDER / "print.css").read_text())
    css = FONT.sub(_with_address, f"{screen}@media print{{{paper}}}")
    return mark_safe(css)  # noqa: S308 - our own files


_put_together_once = cache(put_together)


def style_sheet() -> SafeString:
    """The style sheet; read anew for each page in debug mode, for whoever is working on it."""
    return put_together() if settings.DEBUG else _put_together_once()
