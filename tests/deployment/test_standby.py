"""The database machine is lost under posts: the standby takes over, and nothing that we have
thanked for is missing. The site is neither restarted nor told."""

import os
import threading
import time
import uuid

import psycopg
import pytest

from tests.contact.conftest import stamp_of_age
from tests.crowds import Site, thanks

from .cluster import BIN, primary_and_standby, run

VISITORS = 4


class Crowd:
    """People who write in, and press the button again when nothing thanks them."""

    def __init__(self, site: Site) -> None:
        self.site, self.is_over = site, threading.Event()
        self.thanked: list[tuple[str, float]] = []
        self.people = [threading.Thread(target=self.write_in, args=[n]) for n in range(VISITORS)]

    def write_in(self, visitor: int) -> None:
        number = visitor * 1000
        while not self.is_over.is_set():
            number += 1
            fields = {
                "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
                "message": "Hello.", "stamp": stamp_of_age(60), "submission_id": str(uuid.uuid4()),
            }  # fmt: skip
            while not thanks(self.site, fields, number) and not self.is_over.is_set():
                time.sleep(0.2)
            else:
                if not self.is_over.is_set():
                    self.thanked.append((fields["submission_id"], time.monotonic()))

    def __enter__(self) -> "Crowd":
        for person in self.people:
            person.start()
        return self

    def __exit__(self, *args: object) -> None:
        self.is_over.set()
        for person in self.people:
            person.join()

    def wait_for(self, more: int, timeout: float = 90) -> None:
        """Return once so many more have been thanked."""
        enough, deadline = len(self.thanked) + more, time.monotonic() + timeout
        while len(self.thanked) < enough:
            assert time.monotonic() < deadline, f"Only {len(self.thanked)} of {enough} were thanked"
            time.sleep(0.05)


pytestmark = pytest.mark.skipif(
    not BIN and not os.environ.get("REQUIRE_ALL"),
    reason="needs PostgreSQL's servers (Debian: apt install postgresql)",
)


def test_standby_takes_over_and_nothing_is_missing(tmp_path, record_testsuite_property):
    with primary_and_standby() as (primary, standby):
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        (tmp_path / "site").mkdir()
        site = Site(tmp_path / "site", f"postgres://kapsite@{hosts}/postgres")
        site.manage("setup")
        with site.serving(), Crowd(site) as crowd:
            crowd.wait_for(20)
            primary.kill()
            lost_at = time.monotonic()
            time.sleep(1)
            run("pg_ctl", "promote", f"--pgdata={standby.data}", "--wait")
            crowd.wait_for(20)
        first = min(moment for _id, moment in crowd.thanked if moment > lost_at + 1)
        site.extra["DATABASE_URL"] = f"postgres://kapsite@127.0.0.1:{standby.port}/postgres"
        stored = stored_at(standby.port)
        assert len(stored) == len(set(stored))
        assert {submission for submission, _moment in crowd.thanked} <= set(stored)
        assert "trail is whole" in site.manage("verify_audit").stdout
    record_testsuite_property("seconds without an answer", round(first - lost_at, 1))


def stored_at(port: int) -> list[str]:
    with psycopg.connect(f"postgres://kapsite@127.0.0.1:{port}/postgres") as connection:
        return [
            str(row[0])
            for row in connection.execute("SELECT submission_id FROM contact_inquiry").fetchall()
        ]
