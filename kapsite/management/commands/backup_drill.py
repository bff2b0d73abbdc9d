"""Prove that what `backup` makes can be restored, before the day on which it must be."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kapsite.backups import BackupError, hold_drill


class Command(BaseCommand):
    help = "Makes a backup, restores it into a place of its own, proves it and removes it again."

    def handle(self, **options: Any) -> None:
        began = time.monotonic()
        try:
            hold_drill(self.stdout.write)
        except BackupError as error:
            raise CommandError(str(error)) from None
        seconds = time.monotonic() - began
        self.stdout.write(f"The drill went well and is cleared away ({seconds:.1f} s).")
