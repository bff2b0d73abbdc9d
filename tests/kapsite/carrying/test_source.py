"""The old database is held still, looked through, and refused where something would be lost."""

import sqlite3
import subprocess
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from kapsite.carrying import CarryError
from kapsite.carrying.source import held
from kapsite.carrying.tables import Table, carried_tables, sum_of
from kapsite.models import User
from tests.sites import make_site, serve

pytestmark = [pytest.mark.once, pytest.mark.django_db]

PRIVATE = "Private words"
ENTRY = """
INSERT INTO contact_auditentry (sequence, created_at, actor, action, reference, detail, previous,
hash) VALUES (1, '2026-01-01', '', 'shown', '', '{}', '', '')
"""


def change(old: Path, *statements: str) -> None:
    with closing(sqlite3.connect(old)) as line, line:
        for statement in statements:
            line.execute(statement)


def refusal(old: Path) -> str:
    """Why a database is not carried."""
    with pytest.raises(CarryError) as refused, held(old) as source:
        source.look_through()
    return str(refused.value)


def test_every_row_of_a_site_is_looked_through(old):
    with held(old) as source:
        sums = source.look_through()
    assert sums["kapsite_user"].rows == 1
    assert sums["pages_articlepage"].rows == 2
    assert len(sums) > 70


def test_every_kind_of_column_is_one_whose_way_has_been_looked_at():
    """Another kind may read differently from each database: look, then add it here."""
    known = {
        *("AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField"),
        *("DateField", "DateTimeField", "FileField", "GenericIPAddressField", "IntegerField"),
        *("JSONField", "PositiveBigIntegerField", "PositiveIntegerField", "SlugField"),
        *("PositiveSmallIntegerField", "TextField", "UUIDField"),
    }
    columns = [column for table in carried_tables() for column in table.columns]
    assert len(columns) > 300
    assert {column.kind for column in columns} == known


def test_site_that_is_running_is_refused(tmp_path):
    old = make_site(tmp_path) / "db.sqlite3"
    with serve(tmp_path) as address:
        subprocess.run(["curl", "--silent", "--fail", address], stdout=-3, check=True)
        assert "Stop the site first" in refusal(old)


def test_one_open_connection_that_does_nothing_is_enough_for_a_refusal(old):
    with closing(sqlite3.connect(old)) as idle:
        idle.execute("PRAGMA journal_mode = WAL")
        idle.execute("SELECT * FROM kapsite_user").fetchall()
        assert "Stop the site first" in refusal(old)
    assert held(old).__enter__()


def test_nobody_reads_or_writes_until_the_end(old):
    with held(old) as source:
        source.look_through()
        with closing(sqlite3.connect(old, timeout=0)) as line:
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                line.execute("DELETE FROM contact_inquiry")
            with pytest.raises(sqlite3.OperationalError, match="locked"):
                line.execute("SELECT 1 FROM contact_inquiry")
    change(old, "DELETE FROM contact_inquiry")


def test_looking_changes_nothing(old):
    before = old.read_bytes()
    with held(old) as source:
        source.look_through()
    assert old.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM django_migrations WHERE app = 'contact'", "lacks 6 migrations"),
        (
            "INSERT INTO django_migrations (app, name, applied) "
            "VALUES ('contact', '0999_x', '2026-01-01')",
            "newer version of the site: contact.0999_x",
        ),
        ("DROP TABLE django_migrations", "There is no site in"),
        ("CREATE TABLE somebodys (id integer)", "in its table somebodys"),
        ("ALTER TABLE contact_note ADD COLUMN extra text", "in contact_note.extra"),
        (
            "INSERT INTO contact_sealingkey (key_id, first_used_at) VALUES ('lost', '2026-01-01')",
            "ENCRYPTION_KEYS lacks lost",
        ),
        (
            "INSERT INTO kapsite_knowndevice (user_id, digest, first_seen_at, last_seen_at) "
            "VALUES (999, 'd', '2026-01-01', '2026-01-01')",
            "A row of kapsite_knowndevice points at a row of kapsite_user that is not there",
        ),
    ],
    ids=["older", "newer", "empty", "table", "column", "key", "loose end"],
)
def test_what_would_be_lost_or_refused_later_is_refused_at_once(old, statement, words):
    change(old, statement)
    assert words in refusal(old)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (f"title = '{PRIVATE}' || char(0)", "title holds a text with a zero byte"),
        (f"title = '{PRIVATE * 10}'", "title holds a text of 130 letters, and may hold 80"),
        ("title = CAST(x'50726976617465ff' AS TEXT)", "holds a value that cannot be read"),
    ],
    ids=["zero byte", "too long", "no text"],
)
def test_text_that_postgresql_does_not_take_is_named_by_its_table_and_not_quoted(old, value, words):
    change(old, f"UPDATE contact_replytemplate SET {value}")  # noqa: S608 - a test's own words
    said = refusal(old)
    assert words in said
    assert said.startswith("contact_replytemplate")
    assert "Private" not in said


@pytest.mark.parametrize(
    "value",
    ["created_at = 'Private, no date'", "detail = 'Private, no JSON'"],
    ids=["date", "JSON"],
)
def test_value_that_is_not_of_its_kind_is_named_by_its_table_and_not_quoted(old, value):
    change(
        old,
        "PRAGMA ignore_check_constraints = ON",
        ENTRY,
        f"UPDATE contact_auditentry SET {value}",  # noqa: S608 - a test's own words
    )
    said = refusal(old)
    assert said.startswith("contact_auditentry holds a value")
    assert "Private" not in said


def test_file_that_is_no_database_or_not_there_is_refused(tmp_path):
    (tmp_path / "letter").write_text(PRIVATE * 1000)
    assert "cannot be opened" in refusal(tmp_path / "letter")
    assert "There is no old database" in refusal(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def users(old: Path) -> Callable[[], object]:
    table = Table(User)

    def total() -> object:
        with held(old) as source:
            rows = list(source.rows(table))
        assert sum_of(table, rows) == sum_of(table, reversed(rows))
        return sum_of(table, rows)

    return total


def test_checksum_notices_one_changed_value_and_does_not_mind_the_order(old):
    change(
        old,
        "INSERT INTO kapsite_user (password, is_superuser, first_name, last_name, is_staff, "
        "is_active, date_joined, email, session_epoch) "
        "VALUES ('', 0, 'Bo', '', 0, 1, '2026-01-01', 'bo@example.org', 0)",
    )
    total = users(old)
    before = total()
    assert before == total()
    change(old, "UPDATE kapsite_user SET date_joined = '2026-01-01 00:00:00.000001' WHERE id = 2")
    assert total() != before
