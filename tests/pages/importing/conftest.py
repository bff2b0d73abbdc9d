"""A library to import into, and a person at the keyboard."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from pages.models import ArticlePage, LibraryPage

Import = Callable[..., str]


@pytest.fixture
def library(planted) -> LibraryPage:
    return LibraryPage.objects.get()


@pytest.fixture
def import_file(library) -> Import:
    """A function: runs the command on a path, gives what it prints."""

    def run(path: Path | str, *options: str) -> str:
        output = StringIO()
        call_command("import_article", str(path), *options, stdout=output)
        return output.getvalue()

    return run


@pytest.fixture
def import_text(import_file, tmp_path) -> Import:
    """A function: writes a text or bytes to a file and imports that."""

    def run(text: str | bytes, *options: str) -> str:
        path = tmp_path / "article.txt"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return import_file(path, *options)

    return run


@pytest.fixture
def imported(library) -> Callable[[], ArticlePage]:
    """A function: the latest draft of the one imported article."""

    def find() -> ArticlePage:
        return ArticlePage.objects.exclude(import_key="").get().get_latest_revision_as_object()

    return find
