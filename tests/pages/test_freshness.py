"""A change shows everywhere within a second, whichever process has made it.

Real servers with two processes each, and a third process that changes things, on a database of
their own. Beside a server that has its own data folder, on PostgreSQL, it is another machine.
"""

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from kapsite.secretfile import BASE_DIR
from tests.sites import make_site, manage, own_database, own_environment, serve

# A second, and as much again for a machine that does other things beside the tests.
SOON = 2.0
READY = "ready"
LOOP = f"""
import sys, traceback
from datetime import timedelta
from django.utils import timezone
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction
from pages.models import *
about = lambda: StandardPage.objects.get(title__startswith="About")
print({READY!r}, flush=True)
for line in sys.stdin:
    exec(line)
    print({READY!r}, flush=True)
"""


class Staff:
    """A process that does what staff do, told so in Python."""

    def __init__(self, environ: dict[str, str]) -> None:
        command = [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", LOOP]
        self._process = subprocess.Popen(
            command, cwd=BASE_DIR, env=environ, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        self._wait()

    def do(self, statement: str) -> None:
        print(statement, file=self._process.stdin, flush=True)
        self._wait()

    def _wait(self) -> None:
        for line in self._process.stdout:
            if line.strip() == READY:
                return
        raise AssertionError("The statement failed; its traceback is above.")

    def go(self) -> None:
        self._process.stdin.close()
        self._process.wait()


@pytest.fixture(scope="module")
def machines(tmp_path_factory) -> Iterator[tuple[list[str], Staff]]:
    """The addresses of two servers with the same database, and somebody who changes it."""
    folders = [tmp_path_factory.mktemp("machine") for _ in range(2)]
    with own_database(folders[0]) as database:
        extra = {"DATABASE_URL": database, "SITE_URL": "http://127.0.0.1"}
        set_up(folders[0], extra)
        with serve(folders[0], **extra) as one, serve(folders[1], **extra) as other:
            staff = Staff(own_environment(folders[0], **extra))
            yield [one, other], staff
            staff.go()


def set_up(folder: Path, extra: dict[str, str]) -> None:
    if extra["DATABASE_URL"].startswith("sqlite"):
        make_site(folder)
    done = manage(folder, "setup", **extra)
    assert done.returncode == 0, done.stderr


def answers(address: str, path: str, count: int = 4) -> list[tuple[int, str]]:
    """What several new connections get, which reach all processes sooner or later."""
    return [answer(address, path) for _ in range(count)]


def answer(address: str, path: str) -> tuple[int, str]:
    connection = HTTPConnection(urlsplit(address).netloc, timeout=20)
    connection.request("GET", path, headers={"Host": "127.0.0.1"})
    got = connection.getresponse()
    text = got.read().decode()
    connection.close()
    return got.status, text


@contextmanager
def shown_soon(addresses: list[str], path: str, expected: Callable[[int, str], bool]):
    """Nobody sees it before the block, everybody soon after it, and it stays so."""
    for address in addresses:
        assert not any(expected(*got) for got in answers(address, path))
    yield
    time.sleep(SOON)
    for address in addresses:
        assert all(expected(*got) for got in answers(address, path))


CHANGES = [
    ("publish", "/about/", "p = about(); p.standfirst = 'Fresh words'; p.save_revision().publish()",
     lambda status, text: "Fresh words" in text),
    ("settings", "/about/", "s = PracticeSettings.load(); s.name = 'The Practice'; s.save()",
     lambda status, text: "The Practice" in text),
    ("snippet", "/library/how-safe-is-kap/", "Source.objects.update(title='Another title')",
     lambda status, text: "Another title" in text),
    ("image", "/library/how-safe-is-kap/",
     "i = ArticlePage.objects.get(slug='how-safe-is-kap').image; i.description = 'Two chairs';"
     " i.is_decorative = False; i.save()",
     lambda status, text: 'alt="Two chairs"' in text),
    ("schedule", "/about/",
     "p = about(); p.standfirst = 'Now it is time'; p.go_live_at = timezone.now() +"
     " timedelta(hours=1); p.save_revision().publish();"
     " p.revisions.update(approved_go_live_at=timezone.now()); call_command('housekeeping')",
     lambda status, text: "Now it is time" in text),
    ("move", "/questions/", "p = about(); p.slug = 'who-we-are'; p.save()",
     lambda status, text: 'href="/who-we-are/"' in text),
    ("redirect", "/gone-for-good/", "Redirect.objects.create(old_path='/gone-for-good',"
     " redirect_link='/library/')", lambda status, text: status == 301),
    ("privacy", "/questions/", "PageViewRestriction.objects.create(restriction_type='password',"
     " password='x', page=Page.objects.get(slug='questions'))",
     lambda status, text: 'type="password"' in text),
    ("unpublish", "/who-we-are/", "about().unpublish()", lambda status, text: status == 404),
]  # fmt: skip


def test_every_kind_of_change_shows_soon_in_every_process(machines):
    """One after the other, as a morning's work: each starts where the one before has ended."""
    addresses, staff = machines
    for name, path, statement, expected in CHANGES:
        print(name)
        with shown_soon(addresses, path, expected):
            staff.do(statement)


def test_database_that_is_away_leaves_the_pages_there(machines, tmp_path):
    pass
