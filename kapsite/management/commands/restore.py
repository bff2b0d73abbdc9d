"""Put a backup in place, where there is no database yet."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.backups import BackupError, restore_backup


class Command(BaseCommand):
    help = "Restores an archive of `backup` into an empty place and proves it whole."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)

    def handle(self, *, archive: Path, **options: Any) -> None:
        try:
            manifest = restore_backup(archive)
        except BackupError as error:
            raise CommandError(str(error)) from None
        rows = sum(manifest["counts"].values())
        self.stdout.write(
            f"Restored the backup of {manifest['made_at']}: {rows} rows, all counted."
        )
        self.stdout.write("Run `manage.py setup` next, then `manage.py doctor`.")
