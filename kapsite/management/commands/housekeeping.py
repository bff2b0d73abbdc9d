"""What has to be done now and then: pages, retention, sessions, notices, images, the test."""

import logging
import signal
import threading
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from contact import limits, retention
from contact.rehearsal import rounds
from kapsite.sign_in import devices, locks
from kapsite.steady import SteadyClock
from pages import renditions
from pages.models import PracticeSettings

logger = logging.getLogger("kapsite.housekeeping")


def _today() -> date:
    """The day it is at the practice."""
    return timezone.localdate(timezone=PracticeSettings.load().zone)


CHORES: dict[str, Callable[[], object]] = {
    "scheduled publishing": lambda: call_command("publish_scheduled", verbosity=0),
    "retention": lambda: retention.remove_due(_today()),
    "limits": lambda: limits.forget(timezone.now()),
    "sessions": lambda: call_command("clearsessions", verbosity=0),
    "failed sign-ins": locks.forget,
    "notices of new devices": devices.send_notices,
    "old devices": devices.forget,
    "image sizes": renditions.make_missing,
    "the test inquiry": rounds.go_round,
}
# What nobody can take back waits until the clock has gone on undisturbed for an hour.
FOR_GOOD = {"retention"}
SETTLED = 60 * 60


class Command(BaseCommand):
    help = "Publishes what is due, removes what has had its time, and tidies up."
    # The web server checks the same settings; a check imports the whole admin, for 40 MB that would
    # stay in memory for as long as this runs.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--every", type=int, metavar="SECONDS", help="Go on, with this pause between rounds."
        )

    def handle(self, *, every: int | None, **options: Any) -> None:
        stop = threading.Event()
        if every is None:  # Whoever asks for one round has looked at the clock.
            self._round(CHORES)
            return
        clock = SteadyClock()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            is_settled = clock.steady_for() >= SETTLED
            self._round({n: c for n, c in CHORES.items() if is_settled or n not in FOR_GOOD})
            stop.wait(every)
            close_old_connections()

    def _round(self, chores: dict[str, Callable[[], object]]) -> None:
        """Do every chore once. One that fails leaves the others their turn, and is tried again."""
        for name, chore in chores.items():
            try:
                chore()
            except Exception:  # Whatever it is, the clock must go on.
                logger.exception("Housekeeping could not finish: %s.", name)
