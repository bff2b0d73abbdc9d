"""Look at everything that the site needs, and say in words what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.doctor import examine


class Command(BaseCommand):
    help = "Looks at everything that a deployment needs. Exit code 1 if anything wants attention."
    # It looks at these itself, and names them among the rest.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--mail", metavar="ADDRESS", default="", help="Really send a mail.")
        parser.add_argument("--open", action="store_true", help="Open every sealed text.")

    def handle(self, *, mail: str, open: bool, **options: Any) -> None:  # noqa: A002
        findings = list(examine(mail, open))
        for finding in findings:
            mark = self.style.SUCCESS("well ") if finding.is_well else self.style.WARNING("look ")
            self.stdout.write(f"{mark}{finding.id:<13}{finding.subject}")
            if not finding.is_well:
                self.stdout.write(f"     {finding.hint}")
        wanting = sum(not finding.is_well for finding in findings)
        if wanting:
            raise CommandError(f"{wanting} of {len(findings)} want attention.")
        self.stdout.write("All is well.")
