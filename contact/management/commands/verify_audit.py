"""Proves that nobody touched the audit trail, or says where somebody did."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from contact.audit import verify


class Command(BaseCommand):
    """Exits with 1 and names the first bad entry when the trail is not whole."""

    help = "Check that no audit entry was changed, removed or inserted."

    def handle(self, *args: Any, **options: Any) -> None:
        verdict = verify()
        if not verdict.whole:
            raise CommandError(verdict.problem)
        text = _("The audit trail is whole: %(count)s entries.") % {"count": verdict.entries}
        self.stdout.write(self.style.SUCCESS(text))
