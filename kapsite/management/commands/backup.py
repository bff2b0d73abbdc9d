"""Make a backup of database and media. The keys are not in it."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.backups import BackupError, make_backup, make_identity
from kapsite.backups.folder import remove_old


class Command(BaseCommand):
    help = "Writes one archive with the database and the media, consistent while the site runs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, metavar="FOLDER")
        parser.add_argument(
            "--new-key",
            type=Path,
            metavar="FILE",
            help="Make no backup, but a key that backups can be sealed to.",
        )

    def handle(self, *, to: Path, new_key: Path | None, **options: Any) -> None:
        try:
            if new_key:
                self._make_key(new_key)
            else:
                self._make_backup(to)
        except BackupError as error:
            raise CommandError(str(error)) from None

    def _make_backup(self, folder: Path) -> None:
        archive = make_backup(folder)
        self.stdout.write(f"{archive} ({archive.stat().st_size / 1e6:.1f} MB)")
        if archive.suffix != ".age":
            self.stdout.write(
                "It is not sealed, since BACKUP_RECIPIENT is empty: keep it as safe as the site."
            )
        self.stdout.write("The keys are not in it. Keep SECRET_KEY and ENCRYPTION_KEYS elsewhere.")
        if folder == settings.BACKUP_DIR:
            for old in remove_old(folder, archive):
                self.stdout.write(f"Removed {old.name}, which has had its time.")

    def _make_key(self, path: Path) -> None:
        recipient = make_identity(path)
        self.stdout.write(f"BACKUP_RECIPIENT={recipient}")
        self.stdout.write(
            f"{path} holds the key that opens what is sealed to it. Move it off this machine, to "
            "two places that burn at different times: without it no backup opens."
        )
