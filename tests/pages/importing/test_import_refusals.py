"""What cannot be imported is refused in one sentence, and nothing changes."""

import io
import os

import pytest
from django.core.management import CommandError
from django.db import connection
from wagtail.models import Page, PageLogEntry, Revision

from pages.importing.reading import MAX_BYTES
from pages.models import ArticlePage

TEXT = "Title\n\nThis is a paragraph, long enough to be one.\n"


def rows() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Page, Revision, PageLogEntry))


@pytest.fixture
def nothing_changes(library):
    before = rows()
    yield
    assert rows() == before


def deep(mark: str) -> str:
    return "".join(f"{'  ' * n}{mark} w{n}\n" for n in range(30))


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("", "empty"),
        (" \n\t\n\u00a0\n", "empty"),
        ("\ufeff", "empty"),
        (b"Title\n\nText with \0 in it.", "binary"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (TEXT.encode("utf-16-le"), "binary"),
        ("Title\n\nEscape \x1b[31m red.", "binary"),
        ("Title\n\nIt\u2019s dear.".encode("cp1252"), "save it as UTF-8"),
        (b"\xff\xfeT", "save it as UTF-8"),
        (b"T\n\n" + b"x" * MAX_BYTES, "larger than 1 MiB"),
        ("Title\n", "no text"),
        ("# Title\n\n## Heading\n\n---\n", "no text"),
        ("# Title\n\n<br>\n", "no text"),
        ("# ***\n\nText.", "no title"),
        ("#\n\nText.", "no title"),
        ("?!\n\nText.", "no title"),
        ("Next\n\nContact us\n", "no title"),
        ("W" * 256 + "\n\nText.", "256 characters"),
        ("Title\n\nA claim [@nobody-1900] and [@else-2].", "No source has this citation key"),
        ("# T\n\n## Same\n\nA.\n\n## Same\n\nB.", "Two headings read “Same”"),
        ("# T\n\n" + deep("-"), "nested too deeply"),
        ("# T\n\n" + "> " * 30 + "W", "nested too deeply"),
    ],
)
def test_a_file_that_is_no_article_is_refused(import_text, content, reason):
    with pytest.raises(CommandError, match=reason):
        import_text(content)


@pytest.mark.usefixtures("nothing_changes")
def test_a_file_that_is_not_there_is_refused(import_file, tmp_path):
    with pytest.raises(CommandError, match="no file"):
        import_file(tmp_path / "nowhere.txt")


@pytest.mark.usefixtures("nothing_changes")
def test_a_folder_is_refused(import_file, tmp_path):
    with pytest.raises(CommandError, match="is a folder"):
        import_file(tmp_path)


@pytest.mark.usefixtures("nothing_changes")
def test_a_file_without_permission_is_refused(import_file, tmp_path, monkeypatch):
    path = tmp_path / "secret.txt"
    path.write_text(TEXT)
    path.chmod(0)
    if os.access(path, os.R_OK):  # The superuser may read anything.
        monkeypatch.setattr("builtins.open", forbid)
    with pytest.raises(CommandError, match="no permission"):
        import_file(path)


def forbid(*args, **kwargs):
    raise PermissionError


@pytest.mark.usefixtures("nothing_changes")
@pytest.mark.parametrize("name", ["x" * 5000, "nul\0byte", "file.txt/below"])
def test_a_name_that_no_file_can_have_is_refused(import_file, tmp_path, name):
    (tmp_path / "file.txt").touch()
    with pytest.raises(CommandError, match="cannot be read"):
        import_file(tmp_path / name)


def test_a_site_without_a_library_is_told_how_to_get_one(import_text, library):
    library.delete()
    with pytest.raises(CommandError, match="run `make setup`"):
        import_text(TEXT)


def test_a_database_without_tables_is_told_the_same(import_text, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match="run `make setup`"):
        import_text(TEXT)


def test_a_refused_update_leaves_the_draft_as_it_was(import_text, imported):
    import_text(TEXT)
    before = rows()
    with pytest.raises(CommandError, match="No source"):
        import_text(TEXT + "\nNew [@nobody-1900].\n", "--publish")
    assert rows() == before
    assert not imported().live


def test_a_locked_page_is_left_to_who_locked_it(import_text, imported):
    import_text(TEXT)
    page = imported()
    page.locked = True
    page.save()
    with pytest.raises(CommandError, match="locked"):
        import_text(TEXT + "\nMore.\n")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_byte_order_mark_is_understood(import_text, imported, encoding):
    import_text("Títle\n\nText.".encode(encoding))
    assert imported().title == "Títle"


def test_a_file_of_exactly_one_mebibyte_is_taken(import_text, imported):
    content = b"Title\n\n" + b"word " * (MAX_BYTES // 5)
    import_text(content[:MAX_BYTES])
    assert imported().title == "Title"


@pytest.mark.parametrize("taken", [240, 255])
def test_a_title_of_the_greatest_length_finds_a_slug(import_text, imported, library, taken):
    library.add_child(instance=ArticlePage(title="Another", slug="w" * taken))
    import_text("W" * 255 + "\n\nText.")
    assert imported().title == "W" * 255


def test_a_dash_reads_standard_input(import_file, imported, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TEXT.encode())))
    import_file("-")
    assert imported().title == "Title"
