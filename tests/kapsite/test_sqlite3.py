"""A connection to SQLite stays open, and leads to the file that has the database's name."""

import os
import sqlite3
import uuid
from contextlib import closing
from itertools import count
from pathlib import Path

import pytest
from django.db.utils import ConnectionHandler, OperationalError

from tests.contact.conftest import stamp_of_age
from tests.crowds import Site, thanks

pytestmark = [pytest.mark.once, pytest.mark.django_db]


@pytest.fixture
def line(tmp_path):
    """A connection as the settings make it, to a database with one number in it."""
    path = tmp_path / "db.sqlite3"
    make_database(path, 1)
    config = {
        "ENGINE": "kapsite.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL;"},
    }
    line = ConnectionHandler({"default": config})["default"]
    yield line
    line.close()


def make_database(path: Path, number: int) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("CREATE TABLE number (value integer)")
        database.execute("INSERT INTO number VALUES (?)", [number])


def read_in_a_request(line):
    """The number that a request finds, and the connection to SQLite that it used."""
    line.close_if_unusable_or_obsolete()
    with line.cursor() as cursor:
        cursor.execute("SELECT value FROM number")
        (number,) = cursor.fetchone()
    line.close_if_unusable_or_obsolete()
    return number, line.connection


def test_connection_is_kept_from_request_to_request(line):
    assert read_in_a_request(line)[1] is read_in_a_request(line)[1]


def test_request_reads_the_file_that_was_put_in_place(line, tmp_path):
    assert read_in_a_request(line)[0] == 1
    make_database(tmp_path / "other", 2)
    os.replace(tmp_path / "other", tmp_path / "db.sqlite3")
    assert read_in_a_request(line)[0] == 2


def test_request_fails_while_something_else_has_the_name_of_the_database(line, tmp_path):
    path = tmp_path / "db.sqlite3"
    read_in_a_request(line)
    path.rename(tmp_path / "aside")
    path.mkdir()
    with pytest.raises(OperationalError):
        read_in_a_request(line)
    path.rmdir()
    (tmp_path / "aside").rename(path)
    assert read_in_a_request(line)[0] == 1


def test_request_does_not_go_on_in_a_file_that_has_lost_its_name(line, tmp_path):
    read_in_a_request(line)
    (tmp_path / "db.sqlite3").unlink()
    with pytest.raises(OperationalError, match="no such table"):
        read_in_a_request(line)


def test_message_goes_into_the_database_that_was_put_in_place_under_a_running_site(tmp_path):
    path = tmp_path / "db.sqlite3"
    site = Site(tmp_path, f"sqlite:///{path}")
    site.extra["WEB_CONCURRENCY"] = "1"
    stamp, networks = stamp_of_age(60), count()

    def send() -> str:
        fields = {
            "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
            "message": "Hello.", "stamp": stamp, "submission_id": str(uuid.uuid4()),
        }  # fmt: skip
        assert thanks(site, fields, next(networks))
        return fields["submission_id"]

    with site.serving():
        for _ in range(5):  # So that every thread has a connection.
            send()
        with closing(sqlite3.connect(path)) as here, closing(sqlite3.connect(tmp_path / "b")) as to:
            here.backup(to)
        for file in tmp_path.glob("db.sqlite3-[ws]*"):
            file.unlink()
        os.replace(tmp_path / "b", path)
        sent = {send() for _ in range(10)}
        assert sent <= set(site.submissions())
