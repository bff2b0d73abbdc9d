"""Seals everything anew under the first key of ENCRYPTION_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contact.rotation import Progress, rotate
from contact.sealing import key_ring


class Command(BaseCommand):
    """Shows its progress, may be interrupted and run again, and names rows that do not open."""

    help = "Re-seal every sealed text and blind index term under the first encryption key."

    def handle(self, *args: Any, **options: Any) -> None:
        last: dict[str, Progress] = {}
        for progress in rotate():
            last[progress.table] = progress
            self._show(progress)
        broken = [row for progress in last.values() for row in progress.broken]
        if broken:
            raise CommandError(
                _("These rows cannot be opened and were left as they are: %(rows)s")
                % {"rows": ", ".join(broken)}
            )
        text = _("Everything is sealed with key %(key)s.") % {"key": key_ring().current.id}
        self.stdout.write(self.style.SUCCESS(text))

    def _show(self, progress: Progress) -> None:
        """One line per table, written over while the work goes on where a person watches."""
        text = _("%(table)s: %(done)s of %(total)s rows, %(resealed)s sealed anew")
        end = "\n" if progress.done == progress.total else "\r"
        if end == "\n" or self.stdout.isatty():
            self.stdout.write(text % progress._asdict(), ending=end)
