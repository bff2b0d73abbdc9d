"""The worker tells staff when the clock sends no test any more, and only then."""

import threading

import pytest
from django.core.management import call_command
from django.utils import timezone

from contact.management.commands import deliver
from contact.models import Rehearsal, Trouble
from contact.rehearsal.watch import Watch

from .test_alarm import ALARM, ALL_CLEAR, subjects

pytestmark = pytest.mark.django_db
LOGGED = "The test inquiry did not arrive: the clock sends none."


@pytest.fixture
def look(clock):
    """A function: let so many minutes pass, then let a worker that stays look once."""
    watch = Watch()

    def look(minutes: float = 0) -> Rehearsal:
        clock.wait(minutes)
        watch.look(timezone.now())
        return Rehearsal.objects.now()

    return look


def test_a_clock_that_died_is_told_after_an_hour_and_a_half(clock, look, mailbox, caplog):
    clock.rehearse()
    for minutes in (60, 9, 15):
        assert look(minutes).trouble == ""
    assert mailbox.mails == []
    assert look(6).trouble == Trouble.CLOCK
    assert subjects(mailbox) == [ALARM]
    assert "the clock, which sends it, is not running" in mailbox.mails[0][1]
    assert caplog.text.count(LOGGED) == 1


def test_it_is_told_once_a_day_and_logged_once(clock, look, mailbox, caplog):
    clock.rehearse()
    for minutes in (70, 21, 60, 60):
        look(minutes)
    assert subjects(mailbox) == [ALARM]
    look(24 * 60)
    assert subjects(mailbox) == [ALARM, ALARM]
    assert caplog.text.count(LOGGED) == 1


def test_a_clock_that_never_ran_is_told_as_well(look, mailbox):
    assert look().trouble == ""
    assert look(21).trouble == Trouble.CLOCK
    assert subjects(mailbox) == [ALARM]


def test_a_clock_that_is_back_says_so_itself(clock, look, mailbox):
    clock.rehearse()
    look(70)
    look(21)
    clock.rehearse()
    assert look().trouble == ""
    clock.wait(10)  # Staff get no two mails within ten minutes.
    clock.go_round()
    assert subjects(mailbox) == [ALARM, ALL_CLEAR]


def test_a_clock_at_work_is_left_alone_even_where_its_test_is_stuck(clock, look, mailbox):
    for _hour in range(4):
        clock.send()
        clock.wait(20)
        assert clock.go_round().trouble == Trouble.WORKER
        assert look().trouble == Trouble.WORKER
        assert look(40).trouble == Trouble.WORKER
    assert subjects(mailbox) == [ALARM]


def test_a_machine_that_slept_gives_its_clock_time_to_begin(clock, look, mailbox):
    clock.rehearse()
    look()
    assert look(8 * 60).trouble == ""
    clock.go_round()
    assert look(21).trouble == ""
    assert look(8 * 60).trouble == ""  # The second night is as good as the first.
    assert mailbox.mails == []


def test_a_time_that_was_put_back_gives_the_clock_its_time_anew(clock, look, mailbox):
    look(365 * 24 * 60)
    look(-365 * 24 * 60)
    assert look(19).trouble == ""
    assert look(2).trouble == Trouble.CLOCK


def test_a_clock_that_is_quicker_than_the_worker_is_believed(
    clock, look, mailbox, caplog, monkeypatch
):
    """The clock begins a test between the worker's reading of the row and its change."""
    clock.rehearse()
    look(70)
    change = Rehearsal.change

    def late(run, **values):
        monkeypatch.setattr(Rehearsal, "change", change)
        clock.go_round()
        return change(run, **values)

    monkeypatch.setattr(Rehearsal, "change", late)
    assert look(21).trouble == ""
    assert mailbox.mails == []
    assert LOGGED not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_the_worker_looks_in_each_of_its_rounds(clock, mailbox, monkeypatch):
    class ThreeRounds(threading.Event):
        """Half an hour passes where the worker pauses; after the third time it is stopped."""

        left = 3

        def wait(self, timeout=None):
            clock.wait(30)
            self.left -= 1
            if not self.left:
                self.set()
            return self.is_set()

    monkeypatch.setattr(deliver.threading, "Event", ThreeRounds)
    monkeypatch.setattr(deliver.signal, "signal", lambda *_: None)
    call_command("deliver")
    assert subjects(mailbox) == [ALARM]
