"""People who write in to a site that is served for real, and what became of their messages."""

import os
import signal
import sqlite3
import subprocess
import threading
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from tests.sites import free_port, make_site, manage, own_environment, start, wait_for


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
        people = "SELECT submission_id FROM contact_inquiry WHERE source <> 'rehearsal'"
        rows = self.ask(people)
        return Counter(str(uuid.UUID(str(row[0]))) for row in rows)

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers, behind the site's back."""
        with closing(self._connect()) as database:
            return database.execute(query).fetchall()

    def _connect(self):
        if self.database.startswith("sqlite"):
            return sqlite3.connect(self.database.removeprefix("sqlite:///"))
        return psycopg.connect(self.database)


def thanks(site: Site, fields: dict[str, str], number: int) -> bool:
    """Send one filled form from network `number`; whether the answer led to the thanks page."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": f"10.{number // 256}.{number % 256}.1",
    }
    try:
        with closing(HTTPConnection("127.0.0.1", site.port, timeout=60)) as line:
            line.request("POST", "/contact/", urlencode(fields), headers)
            answer = line.getresponse()
            return answer.status == 302 and "/contact/thanks/?ref=" in answer.headers["Location"]
    except (OSError, HTTPException):
        return False


@contextmanager
def at_work(is_over: threading.Event, *works: Callable[[], None]) -> Iterator[None]:
    """Let each of these go on in a thread of its own while the block runs; then say that it is
    over, and wait for them."""
    people = [threading.Thread(target=work) for work in works]
    for person in people:
        person.start()
    try:
        yield
    finally:
        is_over.set()
        for person in people:
            person.join()
