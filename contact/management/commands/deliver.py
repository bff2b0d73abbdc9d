"""The worker: sends what the notice rows ask for and watches the clock, until told to stop."""

import logging
import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from django.utils import timezone
from django.utils.translation import gettext as _

from contact.delivery import deliver_due
from contact.keys import prepare_keys
from contact.rehearsal.watch import Watch

logger = logging.getLogger(__name__)
SECONDS_BETWEEN_LOOKS = 2.0


class Command(BaseCommand):
    """Loops until SIGTERM or SIGINT, and ends after the mail that is being sent."""

    help = "Send waiting notices by mail. Runs until it is stopped, or once with --once."
    # The web server checks the same settings; a check imports the whole admin, for 40 MB that would
    # stay in memory for as long as this runs.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Send what is due, then end.")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        prepare_keys()
        if once:
            self.stdout.write(_("Notices tried: %(count)s") % {"count": deliver_due()})
            return
        stopping = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_received: stopping.set())
        watch = Watch()
        while not stopping.is_set():
            self._look(stopping, watch)
            stopping.wait(SECONDS_BETWEEN_LOOKS)

    @staticmethod
    def _look(stopping: threading.Event, watch: Watch) -> None:
        """One round. A database that is away for a while is no reason to end."""
        close_old_connections()
        try:
            deliver_due(stopping.is_set)
            watch.look(timezone.now())
        except DatabaseError:
            logger.exception("The notices could not be read; trying again.")
