"""Housekeeping does each chore, and one that fails leaves the others their turn."""

import signal
import subprocess
import sys
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import OperationalError
from django.utils import timezone

from kapsite.management.commands import housekeeping
from kapsite.secretfile import BASE_DIR
from tests.sites import make_site, manage, own_environment

pytestmark = pytest.mark.django_db


def test_page_is_published_at_its_hour(page_at):
    page = page_at("/about/")
    page.title = "Published by the clock"
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    call_command("housekeeping")
    assert page_at("/about/").title != "Published by the clock"
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("housekeeping")
    assert page_at("/about/").title == "Published by the clock"


def test_ended_sessions_are_removed_and_others_stay(db):
    for key, days in (("ended", -1), ("open", 1)):
        Session.objects.create(session_key=key, expire_date=timezone.now() + timedelta(days=days))
    call_command("housekeeping")
    assert [session.session_key for session in Session.objects.all()] == ["open"]


def test_chore_that_fails_leaves_the_others_their_turn(db, monkeypatch, caplog):
    done = []

    def fail() -> None:
        raise OperationalError("private text of the row that failed")

    monkeypatch.setattr(housekeeping, "CHORES", {"one": fail, "two": lambda: done.append("two")})
    call_command("housekeeping")
    assert done == ["two"]
    assert "could not finish: one" in caplog.text


def wait_for_a_round(clock: subprocess.Popen) -> None:
    """Return once the clock has been at its first chore, which fails and is logged."""
    while b"could not finish: scheduled publishing" not in (line := clock.stderr.readline()):
        assert line, "The clock has ended."


def test_clock_goes_round_until_it_is_told_to_stop(tmp_path):
    clock = subprocess.Popen(
        [sys.executable, "manage.py", "housekeeping", "--every", "1"],
        cwd=BASE_DIR,
        env=own_environment(tmp_path),  # Without tables, each round says that it was there.
        stderr=subprocess.PIPE,
    )
    with clock:
        for _round in range(2):
            wait_for_a_round(clock)
        clock.send_signal(signal.SIGTERM)
        clock.communicate(timeout=30)
    assert clock.returncode == 0


class Enough(BaseException):
    """Ends the rounds; the clock goes on after any ordinary exception."""


def test_what_is_removed_for_good_waits_until_the_clock_is_settled(monkeypatch):
    today, removals = timezone.localdate(), []

    def story():
        while not removals:
            yield
        clock.shift(timedelta(days=1))  # For one round.
        yield
        clock.shift(timedelta(days=-1))
        before = len(removals)
        while len(removals) == before:
            yield
        raise Enough

    turns = story()
    chores = {
        "retention": lambda: removals.append(timezone.localdate()),
        "look": lambda: next(turns),
    }
    monkeypatch.setattr(housekeeping, "CHORES", chores)
    monkeypatch.setattr(housekeeping, "SETTLED", 0.3)
    with time_machine.travel(timezone.now()) as clock, pytest.raises(Enough):
        call_command("housekeeping", every=0.01)
    assert set(removals) == {today}


ROUND = """
import sys
from django.core.management import call_command
call_command("housekeeping")
print("kapsite.urls" in sys.modules, "wagtail.admin.urls" in sys.modules)
"""


def test_a_round_does_not_bring_the_whole_admin_into_memory(tmp_path):
    done = manage(make_site(tmp_path), "shell", "-c", ROUND)
    assert done.stdout.split()[-2:] == ["False", "False"], done.stderr
