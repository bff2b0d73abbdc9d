"""The way back in for whoever has the machine and has lost everything else."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from kapsite.models import User
from kapsite.sign_in import recovery


class Command(BaseCommand):
    help = "Gives an account a new password, takes its second step away and makes it an owner's."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="The e-mail address of the account.")

    def handle(self, *, email: str, **options: Any) -> None:
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("No account has this e-mail address. `manage.py doctor` may help.")
        password = recovery.recover(user)
        self.stdout.write(f"Owner: {user.email} {password}")
        self.stdout.write(
            "Sign in with this password, set up a second step, and choose a password of your own. "
            "Every session of this account has ended. This is in the audit trail."
        )
