"""Fill the tables that a stored post writes to, by copying a real post's rows on SQLite.

The copies are as large as real ones and as different in every indexed column. A sealed text is
bound to its row, so nobody could open them; neither storing nor counting wants to.
"""

import sqlite3
from contextlib import closing
from pathlib import Path

RANDOM_ID = "lower(hex(randomblob(16)))"
COUNTED = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)"


def copy(database: sqlite3.Connection, table: str, times: int, **changed: str) -> None:
    """Copy the last row of a table so often, with SQL for the columns that differ."""
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
    values = ", ".join(changed.get(column, column) for column in columns)
    database.execute(
        f"INSERT INTO {table} {COUNTED} SELECT {values} FROM n, "
        f"(SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1)",
        [times],
    )


def fill_inquiries(path: Path, times: int) -> None:
    """Add inquiries with their index terms and entries of the trail, to a site that has one."""
    with closing(sqlite3.connect(path)) as database, database:
        (kept,) = database.execute("SELECT id FROM contact_inquiry").fetchone()
        moment = "strftime('%Y-%m-%d %H:%M:%f', 'now', '-' || i || ' minutes')"
        copy(
            database, "contact_inquiry", times, id=RANDOM_ID, submission_id=RANDOM_ID,
            reference="printf('%09d', i)", created_at=moment, due_at=moment,
        )  # fmt: skip
        database.execute(
            "INSERT INTO contact_blindterm (inquiry_id, kind, term) "
            "SELECT inquiry.id, kind, "
            f"substr(term, 1, instr(term, '.')) || substr({RANDOM_ID}, 1, "
            "length(term) - instr(term, '.')) FROM contact_blindterm, contact_inquiry inquiry "
            "WHERE inquiry_id = ? AND inquiry.id != ?",
            [kept, kept],
        )
        (last,) = database.execute("SELECT max(sequence) FROM contact_auditentry").fetchone()
        copy(
            database, "contact_auditentry", times, id="NULL", sequence=f"{int(last)} + i",
            hash=f"{RANDOM_ID} || {RANDOM_ID}", reference="printf('%09d', i)",
        )  # fmt: skip
        database.execute("UPDATE contact_audithead SET sequence = ?", [int(last) + times])


def fill_submissions(path: Path, times: int) -> None:
    """Add submissions of Wagtail's form page, to a site that has one."""
    with closing(sqlite3.connect(path)) as database, database:
        copy(database, "wagtailforms_formsubmission", times, id="NULL")


def settle(path: Path) -> None:
    """Move what was filled from the write-ahead log into the file, as time would have done."""
    with closing(sqlite3.connect(path, timeout=30)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def count(path: Path, table: str) -> int:
    """How many rows a table has."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
