"""The database server is restarted under load: the site goes on by itself and misses nothing."""

import os
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from itertools import count

import pytest

from tests.contact.conftest import stamp_of_age
from tests.contact.mailserver import Mailbox, listening
from tests.crowds import at_work, thanks
from tests.sites import free_port

from .cluster import BIN
from .whole import WholeSite

VISITORS = 3
TURNS = 2
STAFF = "ann@practice.example"
pytestmark = [
    pytest.mark.once,
    pytest.mark.skipif(
        not BIN and not os.environ.get("REQUIRE_ALL"),
        reason="needs PostgreSQL's servers (Debian: apt install postgresql)",
    ),
]


class People:
    """Visitors who write in until they are thanked, again and again, and one who reads."""

    def __init__(self, site: WholeSite) -> None:
        self.site, self.stamp, self.numbers = site, stamp_of_age(60), count()
        self.is_over = threading.Event()
        self.thanked: list[str] = []
        self.refused = 0
        self.reads: Counter[int] = Counter()

    def write_in(self) -> None:
        while not self.is_over.is_set():
            fields = {
                "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
                "message": "Hello.", "stamp": self.stamp, "submission_id": str(uuid.uuid4()),
            }  # fmt: skip
            while not thanks(self.site, fields, next(self.numbers)):
                self.refused += 1
                time.sleep(0.05)
            self.thanked.append(fields["submission_id"])

    def read(self) -> None:
        while not self.is_over.is_set():
            with closing(HTTPConnection("127.0.0.1", self.site.port, timeout=60)) as line:
                line.request("GET", "/library/how-safe-is-kap/")
                self.reads[line.getresponse().status] += 1
            time.sleep(0.005)


def wait_until(holds: Callable[[], bool]) -> None:
    """Return once it holds. Fails after five minutes."""
    deadline = time.monotonic() + 300
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def held_back(site: WholeSite) -> int:
    """How many notices wait until nobody can be sending them any more: for five minutes."""
    unsent = "SELECT COUNT(*) FROM contact_notice WHERE sent_at IS NULL"
    return site.ask(f"{unsent} AND next_attempt_at > now()")[0][0]


@pytest.mark.xdist_group("machines")
def test_database_restarted_under_load_stops_no_reader_and_loses_no_message(tmp_path, database):
    mailbox, mail = Mailbox(), free_port()
    site = WholeSite(
        tmp_path / "site", f"postgres://kapsite@127.0.0.1:{database.port}/postgres",
        # Each process keeps its own pages: with one, the reader's page is known to be kept.
        WEB_CONCURRENCY="1", EMAIL_URL=f"smtp://127.0.0.1:{mail}", INQUIRY_NOTICE_EMAILS=STAFF,
    )  # fmt: skip
    site.manage("setup")
    people = People(site)
    with listening(mailbox, mail), site.running():
        with at_work(people.is_over, *[people.write_in] * VISITORS, people.read):
            wait_until(lambda: people.reads and len(mailbox.mails) >= 10)
            processes = set(site.processes())
            for _turn in range(TURNS):
                enough = len(people.thanked) + 10
                database.restart()
                wait_until(lambda enough=enough: len(people.thanked) >= enough)
        assert processes == set(site.processes())
        wait_until(lambda: len(mailbox.mails) + held_back(site) >= len(people.thanked))
        # One at a time is with the worker when the database goes.
        assert held_back(site) <= TURNS
    assert people.refused > 0, "It was away for so short a time that nobody noticed."
    assert people.reads.keys() == {200}
    stored = site.submissions()
    assert {stored[submission] for submission in people.thanked} == {1}
    assert "trail is whole" in site.manage("verify_audit").stdout
