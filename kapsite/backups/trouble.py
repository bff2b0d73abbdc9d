"""What goes wrong with backups, in words for whoever has to mend it."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# What SQLite says when the file system takes no more; the second, where a file may not grow.
FULL_SQLITE = {"SQLITE_FULL", "SQLITE_IOERR_WRITE"}


class BackupError(Exception):
    """A backup that cannot be made, read or trusted; the message says why, in words."""


def damaged(what: str = "it is not as it was written") -> BackupError:
    """The error for an archive that is not what `backup` wrote."""
    return BackupError(f"The backup is damaged: {what}. Take another one.")


@contextmanager
def said_in_words(doing: str, folder: Path) -> Iterator[None]:
    """Turn what disk and database say while the block runs into a BackupError.

    `doing` is what could not be done, as in "The backup could not be written"; `folder` is where.
    """
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise _no_room(doing, folder) from None
        raise BackupError(f"{doing}: {error.strerror or type(error).__name__}.") from None
    except sqlite3.Error as error:
        if getattr(error, "sqlite_errorname", "") in FULL_SQLITE:
            raise _no_room(doing, folder) from None
        raise BackupError(f"{doing}: {error}.") from None


def _no_room(doing: str, folder: Path) -> BackupError:
    return BackupError(
        f"{doing}: the disk is full. What was there before is untouched. Make room in {folder}, "
        "then try again."
    )
