"""Put a backup in place, where there is nothing yet."""

import time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.backups import BackupError, restore_backup


class Command(BaseCommand):
    help = "Restores an archive of `backup` into an empty place and proves it whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="KEYFILE", help="The private key of a sealed backup."
        )
        parser.add_argument(
            "--give-up",
            action="append",
            default=[],
            metavar="KEYID",
            help="Restore without an encryption key that is lost for good.",
        )

    def handle(
        self, *, archive: Path, identity: Path | None, give_up: list[str], **options: Any
    ) -> None:
        self._began = time.monotonic()
        try:
            manifest = restore_backup(archive, identity, given_up=give_up, report=self._report)
        except BackupError as error:
            raise CommandError(f"{error} Nothing was restored.") from None
        self.stdout.write(f"Restored and proved: the backup of {manifest['made_at']}.")
        self.stdout.write("Run `manage.py setup` next, then `manage.py doctor`.")

    def _report(self, sentence: str) -> None:
        """Say what was done, and how long that took."""
        now = time.monotonic()
        self.stdout.write(f"{sentence} ({now - self._began:.1f} s)")
        self._began = now
