"""The whole way for real: web server, worker, mail server and clock, each a process of its own."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from contact.models import Trouble
from contact.rehearsal import sending
from contact.stamp import make_stamp
from kapsite.secretfile import BASE_DIR
from tests.contact.mailserver import Mailbox, listening
from tests.crowds import Site
from tests.sites import free_port, own_database, own_environment

from .conftest import STAFF

UUID = "6a1f6c1e-7d0c-4b7e-9a55-0f5b0c7c7a11"


class RehearsingSite(Site):
    """A public site with worker and mail server, whose clock goes a round when it is told to."""

    def __init__(self, folder, database, mail_port) -> None:
        super().__init__(folder, database)
        self.extra |= {
            "SITE_URL": "https://www.example.org",
            "EMAIL_URL": f"smtp://127.0.0.1:{mail_port}",
            "INQUIRY_NOTICE_EMAILS": STAFF,
        }

    @contextmanager
    def working(self) -> Iterator[None]:
        command = [sys.executable, "manage.py", "deliver"]
        environ = own_environment(self.folder, **self.extra)
        worker = subprocess.Popen(command, cwd=BASE_DIR, env=environ)
        try:
            yield
        finally:
            worker.kill()
            worker.wait()

    def go_round(self, **extra: str) -> tuple:
        """One round of the clock; the row that is left behind."""
        kept, self.extra = self.extra, self.extra | extra
        try:
            self.manage("housekeeping")
        finally:
            self.extra = kept
        columns = "submission_id, arrived_at, over_http, trouble"
        return self.ask(f"SELECT {columns} FROM contact_rehearsal")[0]  # noqa: S608 - our own names

    def count(self, table: str) -> int:
        return self.ask(f"SELECT count(*) FROM {table}")[0][0]  # noqa: S608 - our own names

    def wait_for_worker(self) -> None:
        end = time.monotonic() + 60
        while not self.ask("SELECT 1 FROM contact_notice WHERE sent_at IS NOT NULL"):
            assert time.monotonic() < end
            time.sleep(0.05)


def test_it_comes_all_the_way_and_a_wrong_key_does_not(tmp_path):
    mailbox, port = Mailbox(), free_port()
    with own_database(tmp_path) as database, listening(mailbox, port):
        site = RehearsingSite(tmp_path, database, port)
        site.manage("setup")
        with site.serving():
            submission_id, *_rest = site.go_round(ENCRYPTION_KEYS=os.urandom(32).hex())
            assert submission_id
            assert site.count("contact_inquiry") == 0  # Sent, not opened, and so removed.
            submission_id, arrived_at, over_http, _trouble = site.go_round()
            assert (submission_id is None, arrived_at, bool(over_http)) == (False, None, True)
            assert site.count("contact_inquiry") == 1
            with site.working():
                site.wait_for_worker()
            submission_id, arrived_at, _over_http, trouble = site.go_round()
        assert (submission_id, arrived_at is None, trouble) == (None, False, "")
        for table in ("inquiry", "notice", "blindterm", "auditentry", "posttally"):
            assert site.count(f"contact_{table}") == 0
        assert mailbox.named == [STAFF]
        assert mailbox.mails == []


@contextmanager
def answering(page: str, status: int, posts: list[str]) -> Iterator[int]:
    """A web server that shows this page, answers posts with this status, and keeps count."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(page.encode())

        def do_POST(self) -> None:
            posts.append(self.path)
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever).start()
        try:
            yield server.server_port
        finally:
            server.shutdown()


def form_with(stamp: str) -> str:
    return f'<form><input type="hidden" name="stamp" value="{stamp}"></form>'


@pytest.mark.parametrize(
    ("stamp", "status", "trouble", "posts"),
    [
        ("form:1:of another site", 302, Trouble.WEB, []),
        (None, 503, Trouble.POST, ["/contact/"]),
        (None, 302, Trouble.POST, ["/contact/"]),
    ],
)
def test_no_other_site_gets_it_and_an_error_is_no_thanks(
    contact_page, settings, stamp, status, trouble, posts
):
    received: list[str] = []
    page = answering(form_with(stamp or make_stamp()), status, received)
    with page as settings.PORT, pytest.raises(sending.Stuck) as stuck:
        sending.over_http(UUID)
    assert stuck.value.trouble == trouble
    assert received == posts


def test_a_page_without_its_form_is_an_error(contact_page, settings):
    page = answering("We will be back soon.", 200, [])
    with page as settings.PORT, pytest.raises(sending.Stuck, match="web"):
        sending.over_http(UUID)
