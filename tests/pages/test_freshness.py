"""A change shows everywhere within a second, whichever process has made it.

Real servers with two processes each, and a third process that changes things, on a database of
their own. Beside a server that has its own data folder, on PostgreSQL, it is another machine.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from kapsite.secretfile import BASE_DIR
from tests.sites import (
    database_url,
    make_site,
    manage,
    own_database,
    own_environment,
    serve,
)

# A second is what we promise; a machine that is busy with other tests gets more.
SOON = 5.0
READY = "ready"
LOOP = f"""
import sys, time
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

Expected = Callable[[int, str], bool]


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
        with self._process:  # Closes what it was told and what it has said.
            self._process.stdin.close()


@pytest.fixture(scope="module")
def machines(tmp_path_factory) -> Iterator[tuple[list[str], Staff]]:
    """The addresses of two servers with the same database, and somebody who changes it."""
    folders = [tmp_path_factory.mktemp("machine") for _ in range(2)]
    with own_database(folders[0]) as database:
        extra = {"DATABASE_URL": database, "SITE_URL": "http://127.0.0.1"}
        for folder in folders:
            set_up(folder, extra)
        with serve(folders[0], **extra) as one, serve(folders[1], **extra) as other:
            staff = Staff(own_environment(folders[0], **extra))
            yield [one, other], staff
            staff.go()


def set_up(folder: Path, extra: dict[str, str]) -> None:
    """A machine with the static files of its own, and with the database that is named."""
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


def all_see(addresses: list[str], path: str, expected: Expected) -> bool:
    return all(expected(*got) for address in addresses for got in answers(address, path))


def nobody_sees(addresses: list[str], path: str, expected: Expected) -> bool:
    return not any(expected(*got) for address in addresses for got in answers(address, path))


def wait_until_all_see(addresses: list[str], path: str, expected: Expected, name: str) -> None:
    """Raises TimeoutError with the name of the change when somebody does not see it soon."""
    end = time.monotonic() + SOON
    while not all_see(addresses, path, expected):
        if time.monotonic() > end:
            raise TimeoutError(name)


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
     " timedelta(seconds=1); p.save_revision().publish();"
     " time.sleep(1.1); call_command('housekeeping')",
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
        assert nobody_sees(addresses, path, expected), name
        staff.do(statement)
        wait_until_all_see(addresses, path, expected, name)


@contextmanager
def database_away(folder: Path, database: str) -> Iterator[None]:
    """Nobody can reach the site's database while the block runs."""
    if database.startswith("sqlite"):
        file = folder / "db.sqlite3"
        aside = file.rename(folder / "aside")
        file.mkdir()
        yield
        file.rmdir()
        aside.rename(file)
        return
    name = urlsplit(database).path.lstrip("/")
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
        )
        yield
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


def test_pages_that_were_read_stay_there_while_the_database_is_away(tmp_path):
    with own_database(tmp_path) as database:
        extra = {"DATABASE_URL": database, "SITE_URL": "http://127.0.0.1"}
        set_up(tmp_path, extra)
        with serve(tmp_path, WEB_CONCURRENCY="1", **extra) as address:
            before = answer(address, "/about/")
            with database_away(tmp_path, database):
                assert answer(address, "/questions/")[0] == 500
                assert answers(address, "/about/") == [before] * 4
                assert answer(address, "/readyz")[0] == 503
            assert answer(address, "/readyz")[0] == 200
            assert answer(address, "/questions/")[0] == 200
