"""Look at everything that the site needs, and say in words what is missing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from kapsite.doctor import examine


class Command(BaseCommand):
    help = "Looks at everything that a deployment needs. Exit code 1 if anything wants attention."

    def handle(self, **options: Any) -> None:
        findings = list(examine())
        for finding in findings:
            mark = self.style.SUCCESS("well ") if finding.is_well else self.style.WARNING("look ")
            self.stdout.write(mark + finding.subject)
            if not finding.is_well:
                self.stdout.write(f"     {finding.advice}")
        wanting = sum(not finding.is_well for finding in findings)
        if wanting:
            raise CommandError(f"{wanting} of {len(findings)} want attention.")
        self.stdout.write("All is well.")
