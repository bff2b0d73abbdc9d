"""Make a backup of database and media. The keys are not in it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.backups import BackupError, make_backup


class Command(BaseCommand):
    help = "Writes one archive with the database and the media, consistent while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, metavar="FOLDER")

    def handle(self, *, to: Path, **options: Any) -> None:
        try:
            archive = make_backup(to)
        except BackupError as error:
            raise CommandError(str(error)) from None
        except OSError as error:
            raise CommandError(f"The backup could not be written: {error.strerror}.") from None
        self.stdout.write(f"{archive} ({archive.stat().st_size / 1e6:.1f} MB)")
        self.stdout.write("The keys are not in it. Keep SECRET_KEY and ENCRYPTION_KEYS elsewhere.")
