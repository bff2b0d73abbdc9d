"""Those who store something at the same moment share one commit, where the database is SQLite.

A commit waits for the disk, and only one at a time may write. So whoever has the turn also stores
what other threads of this process have ready, each piece of work in a savepoint of its own; after
the one commit, all of them are told. SQLite's own way to wait would be to sleep for longer and
longer, up to a tenth of a second, while the lock is free again after a hundredth.
"""

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from django.db import OperationalError, connection, transaction

LONGEST_TURN = 20.0  # Seconds, as long as SQLite waits for its lock.


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


def _store_all() -> None:
    """Store what is waiting, and note beside each piece what went wrong."""
    works = [_waiting.popleft() for _ in range(len(_waiting))]
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
