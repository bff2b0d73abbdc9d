"""A site that tests itself, where no web server listens unless a test starts one."""

import datetime
from collections.abc import Callable

import pytest
import time_machine
from django.utils import timezone

from contact.delivery import deliver_due
from contact.models import Rehearsal
from contact.rehearsal import alarm, rounds
from tests.sites import free_port

STAFF = "intake@practice.example"
MINUTE = datetime.timedelta(minutes=1)


@pytest.fixture(autouse=True)
def nobody_listens(settings):
    """No test of these meets another site at our port, and none remembers another test."""
    settings.PORT = free_port()
    settings.INQUIRY_NOTICE_EMAILS = [STAFF]
    rounds._failing_since.clear()
    alarm._told_without_database.clear()


class Clock:
    """The clock of the site: its rounds, and time that passes between them."""

    def __init__(self, travel: Callable[[datetime.timedelta], None]) -> None:
        self.travel = travel

    def wait(self, minutes: float) -> None:
        self.travel(minutes * MINUTE)

    def go_round(self) -> Rehearsal:
        rounds.go_round()
        return Rehearsal.objects.now()

    def send(self) -> None:
        """Begin a test and get it as far as the worker's notice, without a web server."""
        self.go_round()
        self.wait(4)
        self.go_round()

    def rehearse(self) -> Rehearsal:
        """One whole test, with a worker that is there."""
        self.send()
        deliver_due()
        self.wait(1)
        return self.go_round()


@pytest.fixture
def clock(contact_page):
    with time_machine.travel(timezone.now(), tick=False) as machine:
        yield Clock(machine.shift)
