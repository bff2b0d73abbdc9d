"""Sites that are backed up and places that are restored into, on either kind of database."""

import contextlib
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg

from kapsite.secretfile import BASE_DIR
from tests.sites import own_environment

LONG = "documents/" + "ein-sehr-langer-name-für-ein-dokument-" * 5 + ".pdf"
INQUIRY = """
from contact import audit, keys
from contact.models import Action, BlindTerm, Inquiry
keys.prepare_keys()
inquiry = Inquiry(name="Ada Lovelace", email="ada@example.org", phone="", message="Private words.",
                  contact_by="email")
inquiry.save()
BlindTerm.objects.write(inquiry)
for _ in range(3):
    audit.record(Action.CHANGED, reference=inquiry.reference)
"""


class Stage:
    """A data folder and a database: with a site in them, or empty."""

    def __init__(self, folder: Path, url: str, key_file: Path) -> None:
        self.folder, self.url, self.key_file = folder, url, key_file
        public = key_file.read_text().split("public key: ")[1].split()[0]
        self.extra = {"DATABASE_URL": url, "BACKUP_RECIPIENT": public}

    @property
    def environment(self) -> dict[str, str]:
        return own_environment(self.folder, **self.extra)

    def start(self, *command: str, **extra: str) -> subprocess.Popen[str]:
        """Start a management command."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=BASE_DIR,
            env=self.environment | extra,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def manage(
        self, *command: str, file_size: int | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        """Run a management command; no file may grow beyond `file_size` bytes, if one is given."""
        limit = (file_size or resource.RLIM_INFINITY,) * 2
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=BASE_DIR,
            env=self.environment | extra,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit),
            capture_output=True,
            text=True,
        )

    def do(self, *command: str, **extra: Any) -> str:
        """Run a management command that must go well; returns what it says."""
        done = self.manage(*command, **extra)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def backup(self) -> Path:
        """Make a backup and return it."""
        return Path(self.do("backup").split(" (")[0])

    def restore(self, archive: Path, **extra: Any) -> subprocess.CompletedProcess[str]:
        return self.manage("restore", str(archive), "--identity", str(self.key_file), **extra)

    def refusal(self, archive: Path, *options: str, **extra: Any) -> str:
        """What `restore` says when it refuses, in one line, having left nothing behind."""
        before = self.content()
        identity = ["--identity", str(self.key_file)]
        refused = self.manage("restore", str(archive), *identity, *options, **extra)
        assert refused.returncode == 1, refused.stdout
        assert self.content() == before
        (line,) = refused.stderr.strip().splitlines()
        return line

    @contextmanager
    def database(self) -> Iterator[Any]:
        if self.url.startswith("sqlite"):
            path = self.url.removeprefix("sqlite:///")
            with closing(sqlite3.connect(path)) as line:
                yield line
                line.commit()
        else:
            with psycopg.connect(self.url) as line:
                yield line

    def change(self, statement: str) -> None:
        """Change the database behind the site's back."""
        with self.database() as line:
            line.execute(statement)

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.database() as line:
            return line.execute(statement).fetchall()

    def tables(self) -> set[str]:
        if self.url.startswith("sqlite"):
            if not Path(self.url.removeprefix("sqlite:///")).exists():
                return set()
            return {name for (name,) in self.rows("SELECT name FROM sqlite_master")}
        return {
            n for (n,) in self.rows("SELECT tablename FROM pg_tables WHERE schemaname='public'")
        }

    def files(self) -> set[str]:
        """The files of the data folder, but for static ones, backups and SQLite's journals."""
        found = {str(path.relative_to(self.folder)) for path in self.folder.rglob("*.*")}
        found |= {str(p.relative_to(self.folder)) for p in self.folder.rglob("*") if p.is_file()}
        skipped = ("static", "backups")
        return {
            name
            for name in found
            if (self.folder / name).is_file()
            and not name.startswith(skipped)
            and not name.endswith(("-wal", "-shm"))
        }

    def content(self) -> tuple[set[str], set[str]]:
        """What lies there: tables and files."""
        return self.tables(), self.files()

    def media(self) -> dict[str, bytes]:
        root = self.folder / "media"
        return {str(p.relative_to(root)): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def furnished(stage: Stage) -> Stage:
    """The site with an inquiry, an audit trail, and media of several sizes."""
    if not stage.url.startswith("sqlite"):
        stage.do("setup")
    stage.do("shell", "-c", INQUIRY)
    sizes = {"empty": 0, "one-block": 512, LONG: 3_000_000}
    for name, size in sizes.items():
        path = stage.folder / "media" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(os.urandom(size))
    return stage


def command_lines() -> set[bytes]:
    """The command line of every process of this machine."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            found.add(path.read_bytes())
    return found
