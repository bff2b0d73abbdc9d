"""Seals everything anew under the first key of ENCRYPTION_KEYS."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from contact.keys import forget_unused_keys, give_up
from contact.rotation import Progress, rotate
from contact.sealing import key_ring

BAR_WIDTH = 30  # characters


def bar(progress: Progress) -> str:
    """How much of a table is done, drawn and in percent; rounded down, so 100 is the end."""
    filled = BAR_WIDTH * progress.done // progress.total
    percent = 100 * progress.done // progress.total
    return f"[{'#' * filled:.<{BAR_WIDTH}}] {percent:3} %"


class Command(BaseCommand):
    """Shows its progress, may be interrupted and run again, and names rows that do not open."""

    help = "Re-seal every sealed text and blind index term under the first encryption key."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--give-up",
            metavar="KEYID",
            help="Instead: go on without a key that is lost. What it sealed stays closed for ever.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["give_up"]:
            self._give_up(options["give_up"])
        else:
            self._rotate()

    def _give_up(self, key_id: str) -> None:
        """Say what is lost with the key. Raises CommandError for one that is not missing."""
        try:
            closed = give_up(key_id)
        except LookupError:
            text = _("The key %(key)s is not missing here.")
            raise CommandError(text % {"key": key_id}) from None
        text = _("The site goes on without key %(key)s. %(count)s texts stay closed for ever.")
        self.stdout.write(self.style.WARNING(text % {"key": key_id, "count": closed}))

    def _rotate(self) -> None:
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
        self._forget_old_keys()
        text = _("Everything is sealed with key %(key)s, and no other key is needed.")
        self.stdout.write(self.style.SUCCESS(text % {"key": key_ring().current.id}))

    def _forget_old_keys(self) -> None:
        """Let the older keys go. Raises CommandError when one has sealed during the work."""
        needed = forget_unused_keys()
        if needed:
            text = _(
                "Something was sealed with %(keys)s meanwhile: a part of the site still runs with "
                "the old order of keys. Restart it, then run this again."
            )
            raise CommandError(text % {"keys": ", ".join(needed)})

    def _show(self, progress: Progress) -> None:
        """One line per table; where a person watches, with a bar that fills as the work goes on."""
        text = _("%(table)s: %(done)s of %(total)s rows, %(resealed)s sealed anew")
        line = text % progress._asdict()
        is_done = progress.done == progress.total
        if self.stdout.isatty():
            self.stdout.write(f"{bar(progress)} {line}", ending="\n" if is_done else "\r")
            self.stdout.flush()
        elif is_done:
            self.stdout.write(line)
