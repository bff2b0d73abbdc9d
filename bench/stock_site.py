"""Stock Wagtail from the same environment: what `wagtail start` writes, and our article in it."""

import json
import os
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

from .servers import ROOT

ADDED = ROOT / "bench/stock"
BLOCKS = "blocks.json"  # The file with the words, beside the project.
WSGI = "stock.wsgi:application"
HEADINGS, TEXTS = {"h1", "h2", "h3"}, {"p", "li", "td", "th", "dt", "dd", "figcaption"}
Block = tuple[str, str]


class Reader(HTMLParser):
    """Collects the words of a page's main part, one block for each heading or paragraph."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._words: list[str] = []
        self._kind = "paragraph"
        self._is_main = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "main":
            self._is_main = True
        if tag in HEADINGS | TEXTS:
            self._end_block()
            self._kind = "heading" if tag in HEADINGS else "paragraph"

    def handle_endtag(self, tag: str) -> None:
        if tag in HEADINGS | TEXTS | {"main"}:
            self._end_block()
        if tag == "main":
            self._is_main = False

    def handle_data(self, data: str) -> None:
        if self._is_main:
            self._words += data.split()

    def _end_block(self) -> None:
        if self._words:
            words = " ".join(self._words)
            text = words if self._kind == "heading" else f"<p>{words}</p>"
            self.blocks.append((self._kind, text))
        self._words, self._kind = [], "paragraph"


def blocks_of(page: str) -> list[Block]:
    """The headings and paragraphs of a page, with all of its words and none of its markup."""
    reader = Reader()
    reader.feed(page)
    return reader.blocks


def build(folder: Path, page: str) -> Path:
    """Make the project in `folder`, with the words of a page; gives the project's folder.

    Raises CalledProcessError when a step fails.
    """
    print("Setting up stock Wagtail with the same words…", flush=True)
    project = folder / "stock"
    project.mkdir()
    subprocess.run(
        [str(Path(sys.executable).with_name("wagtail")), "start", "stock", str(project)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    shutil.copytree(ADDED / "articles", project / "articles")
    shutil.copy(ADDED / "local.py", project / "stock/settings/local.py")
    (folder / BLOCKS).write_text(json.dumps(blocks_of(page)), encoding="utf-8")
    manage(project, "makemigrations", "articles")
    manage(project, "migrate")
    manage(project, "collectstatic", "--noinput")
    manage(project, "fill", str(folder / BLOCKS))
    return project


def manage(project: Path, *arguments: str) -> None:
    """Run a command of the project. Raises CalledProcessError when it fails."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=project,
        env=os.environ | environment(), check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip


def environment(**extra: str) -> dict[str, str]:
    """The environment that the project runs in: its settings for production."""
    return {"DJANGO_SETTINGS_MODULE": "stock.settings.production", "DEBUG": ""} | extra
