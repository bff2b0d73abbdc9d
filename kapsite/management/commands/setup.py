"""Set the site up: database, static files, starter content, the first owner's account."""

import time
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.management.base import BaseCommand, CommandError

from contact.keys import prepare_keys
from kapsite import setting_up
from pages import renditions


class Command(BaseCommand):
    help = "Sets the site up. It can be run again at any time and keeps everything that is there."

    def handle(self, **options: Any) -> None:
        self._step("Folders", setting_up.make_folders)
        collecting = setting_up.start_collecting_static_files()
        self._step("Database", setting_up.migrate)
        self._step("Keys", self._prepare_keys)
        self._step("Starter content", setting_up.plant_starter_content)
        self._step("Address", setting_up.sync_site_address)
        self._step("Images", renditions.make_missing)
        self._step("Static files", lambda: setting_up.finish_collecting_static_files(collecting))
        try:
            setting_up.set_up_staff(self._announce)
        except ValidationError as error:
            raise CommandError("OWNER_PASSWORD is too weak. " + " ".join(error.messages)) from None

    def _step(self, name: str, work: Callable[[], object]) -> None:
        self.stdout.write(f"  {name}… ", ending="")
        self.stdout.flush()
        started = time.monotonic()
        work()
        self.stdout.write(f"done ({time.monotonic() - started:.1f} s)")

    @staticmethod
    def _prepare_keys() -> None:
        try:
            prepare_keys()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None

    def _announce(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
