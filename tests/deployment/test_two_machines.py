"""Two web machines behind one nginx share the database and nothing else."""

import os
import re
import signal
import subprocess
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import AbstractContextManager, suppress
from functools import partial
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from tests.contact.conftest import stamp_of_age
from tests.crowds import at_work
from tests.sites import free_port, make_site, own_environment, start, wait_for

from .cluster import BIN, Server
from .nginx import NGINX, Front

PUBLISH = """
from wagtail.models import Page
page = Page.objects.get(slug="about").specific
page.title = "About us, anew"
page.save_revision().publish()
"""
pytestmark = pytest.mark.skipif(
    not (NGINX and BIN) and not os.environ.get("REQUIRE_ALL"),
    reason="needs nginx and PostgreSQL (Debian: apt install nginx-light postgresql openssl)",
)


class TwoMachines(Front):
    """A front with a second machine: another folder, another port, the same database."""

    def __init__(self, folder: Path, database: Server) -> None:
        self.second_port = free_port()
        super().__init__(folder)
        self.environ["DATABASE_URL"] = f"postgres://kapsite@127.0.0.1:{database.port}/postgres"
        self.database = database
        self.second_folder = make_site(folder / "second")
        self.second: subprocess.Popen[str] | None = None

    def adapted(self, text: str) -> str:
        text = super().adapted(text)
        both = rf"\g<0> server 127.0.0.1:{self.second_port};"
        text, found = re.subn(rf"server\s+127\.0\.0\.1:{self.behind};", both, text)
        assert found == 2, "nginx.conf no longer has its two upstreams"
        return text

    def start_site(self) -> None:
        super().start_site()
        self.start_second()

    def start_second(self) -> None:
        environ = self.environ | {"PORT": str(self.second_port)}
        self.second = start(own_environment(self.second_folder, **environ))
        wait_for(self.second, self.second_port)

    def stop_site(self) -> None:
        super().stop_site()
        self.lose_second()

    def lose_second(self) -> None:
        assert self.second
        with suppress(ProcessLookupError):
            os.killpg(self.second.pid, signal.SIGKILL)
        self.second.wait()

    def stored(self) -> list[str]:
        """Every submission in the database."""
        url = f"postgres://kapsite@127.0.0.1:{self.database.port}/postgres"
        with psycopg.connect(url) as connection:
            rows = connection.execute("SELECT submission_id FROM contact_inquiry").fetchall()
        return [str(row[0]) for row in rows]


@pytest.fixture(scope="module")
def machines(tmp_path_factory, database) -> Iterator[TwoMachines]:
    front = TwoMachines(tmp_path_factory.mktemp("machines"), database)
    front.change("from django.core.management import call_command; call_command('setup')")
    with front.running():
        yield front


def title_at(front: TwoMachines, port: int) -> str:
    front.behind, kept = port, front.behind
    try:
        page = front.ask_site("/about/").body.decode()
    finally:
        front.behind = kept
    return re.findall(r"<h1[^>]*>(.*?)</h1>", page, re.S)[0].strip()


@pytest.mark.xdist_group("machines")
def test_what_is_published_on_one_is_on_the_other_within_a_second(machines):
    ports = (machines.behind, machines.second_port)
    before = [title_at(machines, port) for port in ports]
    assert before[0] == before[1] != "About us, anew"
    machines.change(PUBLISH)
    time.sleep(1.1)
    assert [title_at(machines, port) for port in ports] == ["About us, anew"] * 2


class Crowd:
    """People who write in and read through nginx, each from an address of their own."""

    def __init__(self, front: TwoMachines) -> None:
        self.front, self.is_over = front, threading.Event()
        self.thanked: list[str] = []
        self.failed_reads: list[int] = []
        self.reads = 0

    def write_in(self, visitor: int) -> None:
        number = 0
        while not self.is_over.is_set():
            fields = {
                "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
                "message": "Hello.", "stamp": stamp_of_age(60), "submission_id": str(uuid.uuid4()),
            }  # fmt: skip
            while not self.is_over.is_set():
                number += 1
                if self.send(fields, f"127.{visitor + 1}.{number // 250}.{number % 250 + 1}"):
                    self.thanked.append(fields["submission_id"])
                    break

    def send(self, fields: dict[str, str], source: str) -> bool:
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode(fields).encode()
        try:
            answer = self.front.get("/contact/", method="POST", body=body, source=source, **kind)
        except (OSError, HTTPException):
            return False
        return answer.status == 302 and "/contact/thanks/" in answer.headers["location"]

    def read(self) -> None:
        """Pages that nobody keeps, so that each reading asks a machine."""
        while not self.is_over.is_set():
            self.reads += 1
            source = f"127.200.{self.reads // 250}.{self.reads % 250 + 1}"
            status = self.front.get(f"/search/?q={uuid.uuid4()}", source=source).status
            if status != 200:
                self.failed_reads.append(status)

    def at_work(self) -> AbstractContextManager[None]:
        writers = [partial(self.write_in, number) for number in range(3)]
        return at_work(self.is_over, *writers, self.read)

    def wait_for(self, more: int) -> None:
        enough, deadline = len(self.thanked) + more, time.monotonic() + 60
        while len(self.thanked) < enough:
            assert time.monotonic() < deadline, f"Only {len(self.thanked)} of {enough} were thanked"
            time.sleep(0.05)


@pytest.mark.xdist_group("machines")
def test_machine_that_is_lost_under_load_loses_nothing(machines):
    crowd = Crowd(machines)
    with crowd.at_work():
        crowd.wait_for(15)
        machines.lose_second()
        crowd.wait_for(15)
        machines.start_second()
    stored = machines.stored()
    assert len(stored) == len(set(stored))
    assert set(crowd.thanked) <= set(stored)
    assert crowd.reads > 10
    assert crowd.failed_reads == []
