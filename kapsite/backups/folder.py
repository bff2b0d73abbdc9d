"""The folder in which backups lie: their names, which is the newest, and which have had their time.

A backup gets its name only when it is whole. Whatever else lies there begins with a dot and is
cleared away by the next run.
"""

import fcntl
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings

from .trouble import BackupError

NAME = re.compile(r"kapsite-(\d{8}T\d{6})(?:\d{6})?Z\.tar\.gz(?:\.age)?")
UNFINISHED = ".making-"


def name_for(moment: datetime, sealed: bool) -> str:
    """The name of a backup that was made at a moment, in UTC; names sort by age."""
    return f"kapsite-{moment:%Y%m%dT%H%M%S%fZ}.tar.gz{'.age' if sealed else ''}"


def all_in(folder: Path) -> list[Path]:
    """The backups in a folder, the newest first."""
    if not folder.is_dir():
        return []
    return sorted((p for p in folder.iterdir() if NAME.fullmatch(p.name)), reverse=True)


def newest(folder: Path | None = None) -> Path | None:
    """The newest backup in a folder, or in BACKUP_DIR; None where there is none."""
    return next(iter(all_in(folder or settings.BACKUP_DIR)), None)


def _made_at(path: Path) -> datetime:
    """When a backup was made. Its name says so: the file's own time changes when it is copied."""
    match = NAME.fullmatch(path.name)
    assert match is not None  # noqa: S101 - `all_in` gives no other
    return datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)


def remove_old(folder: Path, newest_good: Path) -> list[Path]:
    """Remove what has had its time, and return it.

    A backup stays while it is one of the BACKUP_KEEP_COUNT newest or younger than
    BACKUP_KEEP_DAYS. `newest_good` stays whatever its name says.
    """
    before = datetime.now(UTC) - timedelta(days=settings.BACKUP_KEEP_DAYS)
    beyond = all_in(folder)[settings.BACKUP_KEEP_COUNT :]
    old = [path for path in beyond if _made_at(path) < before and path != newest_good]
    for path in old:
        path.unlink(missing_ok=True)
    return old


@contextmanager
def working_in(folder: Path) -> Iterator[Path]:
    """A folder for unfinished work below `folder`, closed to others and gone afterwards.

    What an earlier run left when it was killed is removed first. Raises BackupError while another
    run is at work there.
    """
    with locked(folder):
        for left in folder.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        with tempfile.TemporaryDirectory(dir=folder, prefix=UNFINISHED) as work:
            yield Path(work)


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep others out of a folder, which is made if need be. The lock of who dies goes too."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError:
        raise BackupError(f"Another run is at work in {folder}. Wait until it is done.") from None
    finally:
        os.close(descriptor)


def put_in_place(draft: Path, target: Path) -> None:
    """Give a finished file its name, for good even if the power fails now."""
    draft.rename(target)
    descriptor = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
