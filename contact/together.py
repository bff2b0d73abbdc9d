"""Those who store something at the same moment share one commit, where the database is SQLite.

A commit waits for the disk, and only one at a time may write. So whoever has the turn also stores
what other threads of this process have ready, each piece of work in a savepoint of its own; after
the one commit, all of them are told. SQLite's own way to wait would be to sleep for longer and
longer, up to a tenth of a second, while the lock is free again after a hundredth; so the processes
of this machine wait for each other at a file beside the database.
"""

import fcntl
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import OperationalError, connection, transaction

LONGEST_TURN = 20.0  # Seconds, as long as SQLite waits for its lock.
A_MOMENT = 0.001  # Seconds between two looks whether another process is done.


@dataclass(eq=False)
class _Work:
    """What somebody wants to have stored, and why it could not be."""

    write: Callable[[], None]
    error: Exception | None = None
    is_over: bool = False


_waiting: deque[_Work] = deque()
_turn = threading.Lock()


def store(write: Callable[[], None]) -> None:
    """Call `write` in a transaction and return once that is on disk.

    It may run in another thread. Raises what it raises, and then nothing of it is stored; raises
    OperationalError when the database is busy for too long or fails.
    """
    if connection.vendor != "sqlite":
        with transaction.atomic():
            write()
        return
    work = _Work(write)
    _waiting.append(work)
    _wait_for_turn(work)
    try:
        if not work.is_over:
            _store_all()
    finally:
        _turn.release()
    if work.error:
        raise work.error


def _wait_for_turn(work: _Work) -> None:
    """Raises OperationalError when the turn does not come, and nobody has begun with the work."""
    if _turn.acquire(timeout=LONGEST_TURN):
        return
    try:
        _waiting.remove(work)
    except ValueError:
        _turn.acquire()  # Somebody is at it: what becomes of it is known in a moment.
    else:
        raise OperationalError("The database was busy for too long.")


@contextmanager
def _turn_among_processes() -> Iterator[None]:
    """Wait until no other process is storing, or for as long as SQLite would.

    It saves time and protects nothing: whoever cannot wait here goes on, and SQLite's own lock,
    which others take as well, decides.
    """
    with ExitStack() as stack:
        with suppress(OSError):
            file = stack.enter_context(_turn_file().open("wb"))
            _wait_for_lock(file.fileno())
        yield


def _turn_file() -> Path:
    """Where processes wait: beside the database, and nowhere for one in the memory of a test."""
    is_in_memory = connection.is_in_memory_db()  # type: ignore[attr-defined]
    return Path(os.devnull if is_in_memory else f"{connection.settings_dict['NAME']}-turn")


def _wait_for_lock(file: int) -> None:
    """Take the lock of a file; it ends with the file, and so with a process that is killed."""
    end = time.monotonic() + LONGEST_TURN
    while time.monotonic() < end:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(A_MOMENT)
        else:
            return


def _store_all() -> None:
    """Store what is waiting, once no other process stores anything."""
    with _turn_among_processes():
        _store_in_one([_waiting.popleft() for _ in range(len(_waiting))])


def _store_in_one(works: list[_Work]) -> None:
    """Store in one commit, and note beside each piece what went wrong."""
    try:
        with transaction.atomic():
            for work in works:
                _store_one(work, is_alone=len(works) == 1)
            if transaction.get_rollback():
                raise OperationalError("The transaction was lost on the way.")
    except Exception as error:  # Whatever it was, nobody may be thanked for anything.
        for work in works:
            work.error = work.error or error
    finally:
        for work in works:
            work.is_over = True


def _store_one(work: _Work, is_alone: bool) -> None:
    """Raises what takes back all: any error of work that is alone, and failures of the database."""
    if is_alone:
        work.write()
        return
    try:
        with transaction.atomic():
            work.write()
    except OperationalError:
        raise
    except Exception as error:  # Its own mistake; the others go on.
        work.error = error
