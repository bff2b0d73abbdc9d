"""Where a restored backup is put. A place is empty before, and empty again if anything goes wrong.

A restore that is killed leaves a mark beside what it has put there; the next one knows it by that,
and clears it away.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.db import connection

from . import postgres
from .folder import put_in_place
from .manifest import MEDIA
from .trouble import BackupError, damaged

UNPROVED = "unproved_restore"


class DatabasePlace(Protocol):
    """The configured database, as the place for another one."""

    def require_empty(self) -> None:
        """Clear away what a killed restore left. Raises BackupError if anything else is there."""

    def load(self, chunks: Iterator[bytes]) -> None:
        """Put the copy of a database there, to be looked at. Raises BackupError."""

    def settle(self) -> None:
        """Let what was put there stay."""

    def clear(self) -> None:
        """Make the place empty again."""


IN_USE = BackupError(
    "There is a database here already. Restore into an empty place: another DATA_DIR, or an empty "
    "database. To replace this one, stop the site and move its data away first."
)


class SqlitePlace:
    """A file beside the real one; until it has settled, this process takes it for the database."""

    def __init__(self) -> None:
        self._target = Path(connection.settings_dict["NAME"])
        self._draft = self._target.with_name(f".{UNPROVED}-{self._target.name}")

    def require_empty(self) -> None:
        if self._target.exists():
            if connection.introspection.table_names():
                raise IN_USE
        elif log := self._log_left_behind():
            raise BackupError(
                f"{log.name} was left behind when its database was moved away from {log.parent}. "
                "It may hold the latest messages: move it to where that database is now."
            )
        self._remove(self._draft)

    def _log_left_behind(self) -> Path | None:
        """A log with something in it, and without its database. SQLite would replay it into the
        next one of that name, or throw it away; neither may happen."""
        logs = (self._target.with_name(self._target.name + end) for end in ("-wal", "-journal"))
        return next((log for log in logs if log.exists() and log.stat().st_size), None)

    def load(self, chunks: Iterator[bytes]) -> None:
        self._target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        connection.close()
        write_private(self._draft, chunks)
        connection.settings_dict["NAME"] = str(self._draft)

    def settle(self) -> None:
        self._leave()
        self._remove(self._target)  # An empty one may stand there, with a journal.
        put_in_place(self._draft, self._target)

    def clear(self) -> None:
        self._leave()
        self._remove(self._draft)

    def _leave(self) -> None:
        """Close the draft, which writes its journal into it, and look at the real one again."""
        connection.close()
        connection.settings_dict["NAME"] = str(self._target)

    @staticmethod
    def _remove(path: Path) -> None:
        for suffix in ("-wal", "-shm", "-journal", ""):  # Killed here, it leaves no log alone.
            path.with_name(path.name + suffix).unlink(missing_ok=True)


class PostgresPlace:
    """The database itself, with one table more until what was put there has settled."""

    def require_empty(self) -> None:
        tables = connection.introspection.table_names(include_views=True)
        if UNPROVED in tables:
            self.clear()
        elif tables:
            raise IN_USE

    def load(self, chunks: Iterator[bytes]) -> None:
        self._run(f"CREATE TABLE {UNPROVED} ()")
        connection.close()
        with postgres.restoring() as tool:
            tool.writelines(chunks)

    def settle(self) -> None:
        self._run(f"DROP TABLE {UNPROVED}")

    def clear(self) -> None:
        connection.close()  # It may be in a transaction that has failed.
        tables = map(connection.ops.quote_name, connection.introspection.table_names())
        if names := ", ".join(tables):
            self._run(f"DROP TABLE {names} CASCADE")

    @staticmethod
    def _run(statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement)


DATABASE_PLACES: dict[str, type[DatabasePlace]] = {
    "sqlite": SqlitePlace,
    "postgresql": PostgresPlace,
}


class MediaPlace:
    """The media folder, with what comes into it in a folder of its own until it has settled."""

    def __init__(self) -> None:
        self._target = Path(settings.MEDIA_ROOT)
        self._draft = self._target / f".{UNPROVED}"

    def require_empty(self) -> None:
        """Clear away what a killed restore left. Raises BackupError if anything else is there."""
        if self._draft.exists():
            self.clear()
        if any(path for _, _, names in os.walk(self._target) for path in names):
            raise BackupError(
                f"There are files in {self._target} already. Restore into an empty place."
            )

    def prepare(self) -> None:
        """Make the folder for what is to come."""
        self._target.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._draft.mkdir(mode=0o700)

    def put(self, name: str, chunks: Iterator[bytes]) -> None:
        """Write a file of the archive. Raises BackupError for a name that leads elsewhere."""
        parts = name.removeprefix(MEDIA).split("/")
        if not name.startswith(MEDIA) or "\0" in name or {"", ".", ".."} & set(parts):
            raise damaged("a file in it would lie outside the media folder")
        path = self._draft.joinpath(*parts)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(path, chunks)

    def settle(self) -> None:
        """Let what was put there stay."""
        for path in sorted(self._draft.iterdir()):
            target = self._target / path.name
            if target.is_dir():  # Without a file in it, or the place had been refused.
                shutil.rmtree(target)
            path.rename(target)

    def finish(self) -> None:
        """Take the mark away, once the database has settled too."""
        self._draft.rmdir()

    def clear(self) -> None:
        """Make the folder empty again."""
        if self._draft.exists():
            for path in self._target.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()


def write_private(path: Path, chunks: Iterator[bytes]) -> None:
    """Write a new file that only its owner can read, and wait until it is on disk."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.writelines(chunks)
        file.flush()
        os.fsync(file.fileno())
