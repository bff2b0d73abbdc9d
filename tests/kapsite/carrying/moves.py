"""Sites on their way from a file to a server."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import psycopg

from kapsite.secretfile import BASE_DIR
from tests.deployment.cluster import Server
from tests.kapsite.backups.stages import command_lines
from tests.sites import manage, own_environment

WORD = "a-word-that-would-show"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
FURNISH = f"""
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.backends.db import SessionStore
from contact import audit, keys
from contact.models import Action, BlindTerm, Inquiry, Note, ReplyTemplate
from kapsite.models import User
keys.prepare_keys()
ann = User.objects.get()
TOTP.activate(ann, "{SECRET}")
RecoveryCodes.activate(ann)
for number in range(25):
    inquiry = Inquiry(name="Ada Lovelace", email=f"ada{{number}}@example.org", phone="",
                      message="Private words, with naïveté and 🌿.", contact_by="email")
    inquiry.save()
    BlindTerm.objects.write(inquiry)
    Note.objects.create(inquiry=inquiry, author=ann, text="She would like a call.")
    audit.record(Action.CHANGED, actor=ann, reference=inquiry.reference, fields=["é", 1, 1.5])
ReplyTemplate.objects.create(title="Gone since", body="Gone.").delete()
"""
# So many that putting them in place takes long enough to be killed at it.
MANY_TAGS = """
WITH RECURSIVE number(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < 100000)
INSERT INTO taggit_tag (name, slug) SELECT 'Tag ' || n, 'tag-' || n FROM number
"""
COPYING = "SELECT FROM pg_stat_activity WHERE datname = '{}' AND query LIKE 'COPY \"taggit_tag\"%'"
AT_WORK = "SELECT FROM pg_stat_activity WHERE datname = '{}'"


class Move:
    """A site in a folder, and the empty database that it is to be carried into."""

    def __init__(self, folder: Path, server: Server, name: str, options: str = "") -> None:
        self.folder, self.server, self.name = folder, server, name
        server.ask(f"CREATE DATABASE {name} {options}")
        # The server trusts everybody, so any password will do.
        self.url = f"postgres://kapsite:{WORD}@127.0.0.1:{server.port}/{name}"
        self.first_left: set[str] = set()
        self.first_code = 0
        self.said = ""
        self.seen: set[bytes] = set()
        self.before: tuple[bytes, dict[str, bytes]]

    @property
    def old(self) -> Path:
        return self.folder / "db.sqlite3"

    def furnish(self, many: str = MANY_TAGS) -> None:
        """Fill the old site, and close its database."""
        done = manage(self.folder, "shell", "-v0", "-c", FURNISH)
        assert done.returncode == 0, done.stderr
        picture = self.folder / "media/original_images/picture"
        picture.parent.mkdir(parents=True, exist_ok=True)
        picture.write_bytes(os.urandom(10_000))
        self.change(many)
        self.before = self.left_behind()

    def change(self, statement: str) -> None:
        with closing(sqlite3.connect(self.old)) as line, line:
            line.execute(statement)

    def left_behind(self) -> tuple[bytes, dict[str, bytes]]:
        """The bytes of the old database and of every file of the media."""
        media = self.folder / "media"
        files = {str(p): p.read_bytes() for p in media.rglob("*") if p.is_file()}
        return self.old.read_bytes(), files

    def start(self, url: str = "") -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", "carry_over"],
            cwd=BASE_DIR,
            env=own_environment(self.folder, DATABASE_URL=url or self.url),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def do(self, *command: str) -> str:
        """Run a management command of the carried site that must go well."""
        done = manage(self.folder, *command, DATABASE_URL=self.url)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        """What the new database answers."""
        with psycopg.connect(self.url) as line:
            return line.execute(statement.encode()).fetchall()

    def make(self, statements: str) -> None:
        """Make something in the new database."""
        with psycopg.connect(self.url) as line:
            line.execute(statements.encode())

    def old_rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(self.old)) as line:
            return line.execute(statement).fetchall()

    def tables(self) -> set[str]:
        """Everything that is in the new database."""
        query = "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        return {name for (name,) in self.rows(query)}


def with_a_killed_try(move: Move) -> Move:
    """Carry a site over, once it was tried and killed while the last rows were put in place."""
    first = move.start()
    copying = f"SELECT EXISTS ({COPYING.format(move.name)})"
    while first.poll() is None and not move.server.ask(copying):
        time.sleep(0.01)
    first.send_signal(signal.SIGKILL)
    first.communicate()
    move.first_code = first.returncode
    move.server.wait_until(f"SELECT NOT EXISTS ({AT_WORK.format(move.name)})")
    move.first_left = move.tables()
    second = move.start()
    while True:
        move.seen |= command_lines()
        with suppress(subprocess.TimeoutExpired):
            move.said, error = second.communicate(timeout=0.5)
            break
    assert second.returncode == 0, error
    return move


def wait_for_answer(process: subprocess.Popen[str]) -> str:
    """What a refused command says, in one line."""
    said, error = process.communicate()
    assert process.returncode == 1, said
    (line,) = error.strip().splitlines()
    return line
