"""The web server is killed while people write in: who was thanked is in the database, once."""

import os
import random
import signal
import sqlite3
import subprocess
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import count
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.sites import free_port, make_site, manage, own_database, own_environment, start, wait_for

VISITORS = 6
ROUNDS = 4
MOMENTS = random.Random(1846)  # noqa: S311 - Seeded, so that each run kills alike.


class Site:
    """A site of its own, as set-up makes it, whose web server is started and killed."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder, self.database, self.port = make_site(folder), database, free_port()
        # Each post names a network of its own, as if through a proxy; see `contact.limits`.
        self.extra = {"DATABASE_URL": database, "TRUSTED_PROXIES": "1", "PORT": str(self.port)}

    def manage(self, *command: str) -> subprocess.CompletedProcess[str]:
        done = manage(self.folder, *command, **self.extra)
        assert done.returncode == 0, done.stderr
        return done

    @contextmanager
    def serving(self):
        """Serve while the block runs; at its end master and workers are killed, if they live."""
        server = start(own_environment(self.folder, **self.extra))
        try:
            wait_for(server, self.port)
            yield server
        finally:
            os.killpg(server.pid, signal.SIGKILL)
            server.wait()

    def submissions(self) -> Counter[str]:
        """How often each submission is in the database."""
        with closing(self._connect()) as database:
            rows = database.execute("SELECT submission_id FROM contact_inquiry").fetchall()
        return Counter(str(uuid.UUID(str(row[0]))) for row in rows)

    def _connect(self):
        if self.database.startswith("sqlite"):
            return sqlite3.connect(self.database.removeprefix("sqlite:///"))
        return psycopg.connect(self.database)


@pytest.fixture
def site(tmp_path):
    with own_database(tmp_path) as database:
        site = Site(tmp_path, database)
        site.manage("setup")
        yield site


class Crowd:
    """People who write in until their server is gone, and know who of them was thanked."""

    def __init__(self, site: Site, filled_in: dict[str, str]) -> None:
        self.site, self.filled_in = site, filled_in
        self.numbers = count()
        self.thanked: list[str] = []
        self.unanswered: list[str] = []
        self.news = threading.Condition()

    def send(self, submission_id: str) -> bool:
        """Send one message; whether the answer led to the thanks page."""
        number = next(self.numbers)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{number // 256}.{number % 256}.1",
        }
        body = urlencode(self.filled_in | {"submission_id": submission_id})
        try:
            with closing(HTTPConnection("127.0.0.1", self.site.port, timeout=60)) as line:
                line.request("POST", "/contact/", body, headers)
                answer = line.getresponse()
        except (OSError, HTTPException):
            return False
        assert answer.status == 302
        assert "/contact/thanks/?ref=" in answer.headers["Location"]
        return True

    def write_in(self, _visitor: int) -> None:
        """One message after the other, up to the first that nobody answers."""
        while self.send(submission_id := str(uuid.uuid4())):
            with self.news:
                self.thanked.append(submission_id)
                self.news.notify()
        self.unanswered.append(submission_id)

    def write_in_until_killed(self, answers: int) -> None:
        """Let everybody write in; kill the server when so many more have been thanked."""
        enough = len(self.thanked) + answers
        with ThreadPoolExecutor(VISITORS) as pool:
            with self.site.serving():
                visitors = [pool.submit(self.write_in, number) for number in range(VISITORS)]
                with self.news:
                    assert self.news.wait_for(lambda: len(self.thanked) >= enough, timeout=60)
            for visitor in visitors:
                visitor.result()


def test_who_was_thanked_is_stored_once_and_who_was_not_may_send_again(site, filled_in):
    crowd = Crowd(site, filled_in)
    for _round in range(ROUNDS):
        crowd.write_in_until_killed(MOMENTS.randrange(1, 30))
    assert len(crowd.unanswered) == ROUNDS * VISITORS
    stored = site.submissions()
    assert {submission: stored[submission] for submission in crowd.thanked} == dict.fromkeys(
        crowd.thanked, 1
    )
    assert set(stored) <= {*crowd.thanked, *crowd.unanswered}
    with site.serving():
        assert all(crowd.send(submission) for submission in crowd.unanswered)
    assert site.submissions() == Counter([*crowd.thanked, *crowd.unanswered])
    assert "trail is whole" in site.manage("verify_audit").stdout
