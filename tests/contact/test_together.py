"""Threads that store something at the same moment share a commit, and not each other's mistakes."""

import subprocess
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, OperationalError, connection

from contact import together
from contact.models import PostTally

pytestmark = pytest.mark.django_db(transaction=True)


def note(key: str) -> None:
    PostTally.objects.create(key=key, hour="2026-01-01T00:00Z")


def fail(error: Exception) -> None:
    note("half a work")
    raise error


def lose_the_transaction() -> None:
    """As SQLite does by itself, for instance when the disk is full."""
    with connection.cursor() as cursor:
        cursor.execute("ROLLBACK")


def lose_the_transaction_and_fail() -> None:
    lose_the_transaction()
    raise IntegrityError


def stored() -> set[str]:
    return set(PostTally.objects.values_list("key", flat=True))


@pytest.fixture
def at_once():
    """A function: stores several works in one turn; gives what became of each, in their order."""

    @contextmanager
    def nobody_has_a_turn():
        with together._turn:
            yield

    def run(*works) -> list[BaseException | None]:
        with ThreadPoolExecutor(len(works)) as pool:
            with nobody_has_a_turn():
                results: list[Future] = []
                for work in works:
                    results.append(pool.submit(in_a_thread, work))
                    wait_until(lambda: len(together._waiting) == len(results))
            return [result.exception() for result in results]

    return run


def in_a_thread(work) -> None:
    try:
        together.store(work)
    finally:
        connection.close()


def wait_until(holds) -> None:
    while not holds():
        threading.Event().wait(0.01)


def kinds(errors) -> list[type]:
    return [type(error) for error in errors]


def test_works_of_one_moment_are_one_transaction(at_once, monkeypatch):
    begun = []
    store_all = together._store_all
    monkeypatch.setattr(together, "_store_all", lambda: begun.append(1) or store_all())
    assert at_once(*(lambda n=n: note(f"work {n}") for n in range(3))) == [None] * 3
    assert stored() == {"work 0", "work 1", "work 2"}
    assert len(begun) == 1


def test_mistake_of_one_is_taken_back_alone(at_once):
    errors = at_once(lambda: note("one"), lambda: fail(IntegrityError()), lambda: note("two"))
    assert kinds(errors) == [type(None), IntegrityError, type(None)]
    assert stored() == {"one", "two"}


def test_nobody_is_told_of_success_when_the_database_fails(at_once):
    errors = at_once(lambda: note("one"), lambda: fail(OperationalError()), lambda: note("two"))
    assert kinds(errors) == [OperationalError] * 3
    assert stored() == set()


def test_nobody_is_told_of_success_when_the_transaction_is_lost(at_once):
    errors = at_once(lambda: note("one"), lose_the_transaction, lambda: note("two"))
    assert kinds(errors) == [OperationalError] * 3
    assert stored() == set()


def test_nobody_is_told_of_success_when_a_mistake_has_lost_the_transaction(at_once):
    errors = at_once(lambda: note("one"), lose_the_transaction_and_fail)
    assert kinds(errors) == [OperationalError, IntegrityError]
    assert stored() == set()


def test_work_that_is_alone_raises_what_it_raises():
    with pytest.raises(ZeroDivisionError):
        together.store(lambda: fail(ZeroDivisionError()))
    assert stored() == set()


def test_turn_that_never_comes_stores_nothing(monkeypatch):
    monkeypatch.setattr(together, "LONGEST_TURN", 0.01)
    with together._turn, pytest.raises(OperationalError):
        together.store(lambda: note("late"))
    together.store(lambda: note("in time"))
    assert stored() == {"in time"}


@pytest.fixture
def turn_file(tmp_path, monkeypatch):
    """The file at which processes wait, as for a database that is no test's in memory."""
    monkeypatch.setattr(together, "_turn_file", lambda: tmp_path / "db-turn")
    return together._turn_file()


@pytest.fixture
def other_process(turn_file):
    """One that has the turn until its standard input ends."""
    holder = subprocess.Popen(
        ["flock", turn_file, "sh", "-c", "echo has it; cat"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"has it\n"
        yield holder


def test_process_waits_until_another_has_stored(other_process):
    order = []

    def end() -> None:
        order.append("end")
        other_process.stdin.close()

    waiting = threading.Timer(0.2, end)
    waiting.start()
    together.store(lambda: order.append("begin"))
    assert order == ["end", "begin"]
    waiting.join()


def test_process_that_keeps_its_turn_holds_nobody_up_for_ever(other_process, monkeypatch):
    monkeypatch.setattr(together, "LONGEST_TURN", 0.01)
    together.store(lambda: note("all the same"))
    assert stored() == {"all the same"}
    other_process.stdin.close()


def test_what_can_be_stored_is_stored_where_no_file_can_be_made(turn_file):
    turn_file.mkdir()
    together.store(lambda: note("all the same"))
    assert stored() == {"all the same"}
