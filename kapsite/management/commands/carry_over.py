"""Carry the whole site from SQLite to PostgreSQL."""

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.carrying import CarryError, Uncertain, carry_over


class Command(BaseCommand):
    help = (
        "Carries everything from a SQLite database into the empty PostgreSQL database that "
        "DATABASE_URL names, and proves it. The site must be stopped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--from",
            dest="old",
            type=Path,
            default=settings.DATA_DIR / "db.sqlite3",
            metavar="FILE",
            help="The old database, where it is not DATA_DIR/db.sqlite3.",
        )

    def handle(self, *, old: Path, **options: Any) -> None:
        self._began = time.monotonic()
        try:
            carry_over(old, self._report)
        except Uncertain as error:
            raise CommandError(str(error)) from None
        except CarryError as error:
            raise CommandError(f"{error} Nothing was carried over from {old}.") from None
        self.stdout.write(f"Carried over and proved: the new database holds all of {old}.")
        self.stdout.write(
            "Start the site, then run `manage.py doctor`. The old database is as it was: keep it "
            "until a backup of the new one has been made, then delete it."
        )

    def _report(self, sentence: str) -> None:
        """Say what was done, and how long that took."""
        now = time.monotonic()
        self.stdout.write(f"{sentence} ({now - self._began:.1f} s)")
        self._began = now
