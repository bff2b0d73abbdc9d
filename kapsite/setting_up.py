"""The steps that turn an empty folder into a site. Done twice, each changes nothing more."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Site

from contact import starter as contact_starter
from pages.starter import planting

from . import staff
from .secretfile import BASE_DIR

PRIVATE, FOR_EVERYBODY, FOR_ITSELF = 0o700, 0o755, 0o600
MARK = ".collected-"


def make_folders() -> None:
    """The data folder and those in it, closed to other accounts of the machine.

    All but the static files, which are the same on every site: nginx reads them off the disk.
    """
    for folder in (settings.DATA_DIR, settings.MEDIA_ROOT, settings.BACKUP_DIR):
        folder.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
    settings.STATIC_ROOT.mkdir(exist_ok=True)
    if settings.STATIC_ROOT.stat().st_mode & FOR_EVERYBODY != FOR_EVERYBODY:
        settings.STATIC_ROOT.chmod(FOR_EVERYBODY)
    _close_database_file()


def _close_database_file() -> None:
    """Let nobody else read the file of SQLite, also where somebody opens the folder for nginx.

    SQLite gives the files beside it the mode of this one.
    """
    if connection.vendor != "sqlite" or connection.is_in_memory_db():  # type: ignore[attr-defined]
        return
    file = Path(connection.settings_dict["NAME"])
    with suppress(OSError):  # The step that opens the database says what is wrong with it.
        file.touch()
        file.chmod(FOR_ITSELF)


def pending_migrations() -> int:
    """How many migrations the database still needs."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the database to the code's state, if it is not there."""
    if pending_migrations():
        with _all_or_nothing():
            call_command("migrate", interactive=False, verbosity=0)


@contextmanager
def _all_or_nothing() -> Iterator[None]:
    """One transaction around all migrations, where the database is SQLite.

    Django writes down that a migration is applied only after its changes are committed. Killed
    between the two, the next run creates tables that are there already, and fails for good.
    SQLite changes foreign keys' checks only outside a transaction, and its migrations need them
    off.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.constraint_checks_disabled(), transaction.atomic():
        yield


def start_collecting_static_files() -> subprocess.Popen | None:
    """Begin to collect and compress static files beside everything else, unless nothing changed.

    It takes as long as the migrations and needs no database, so the two share the machine's cores.
    What an interrupted collection has left is cleared away: `collectstatic` takes a file that is
    there for finished, and would not compress it again.
    """
    if _collected_mark().exists():
        return None
    earlier = list(settings.STATIC_ROOT.glob(f"{MARK}*"))
    for mark in earlier:
        mark.unlink()
    command = [sys.executable, str(BASE_DIR / "manage.py"), "collectstatic", "--no-input", "-v0"]
    if not earlier:
        command.append("--clear")
    # Whoever starts this may keep everything to itself, and nginx must read what is collected.
    return subprocess.Popen(command, env=os.environ, umask=0o022)


def finish_collecting_static_files(process: subprocess.Popen | None) -> None:
    """Wait for the collection and mark it whole. Raises CalledProcessError if it failed."""
    if process is None:
        return
    if process.wait() != 0:
        raise subprocess.CalledProcessError(process.returncode, process.args)
    _collected_mark().touch()


def _collected_mark() -> Path:
    """A file whose name changes with the static files, so that its presence means "collected"."""
    return settings.STATIC_ROOT / f"{MARK}{_static_fingerprint()}"


def _static_fingerprint() -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]}".encode())
    for path in sorted(_static_sources()):
        stat = os.stat(path)
        digest.update(f"{path}{stat.st_size}{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:16]


def _static_sources() -> Iterator[str]:
    for finder in get_finders():
        for name, storage in finder.list([]):
            yield storage.path(name)


@transaction.atomic
def plant_starter_content() -> bool:
    """Plant the starter pages into an empty site. Returns whether that was done."""
    if planting.is_planted():
        return False
    home = planting.plant_tree()
    contact_starter.plant(home)
    planting.write_bodies(home)
    return True


def sync_site_address() -> None:
    """Let Wagtail's one site have the address that `SITE_URL` says."""
    address = urlsplit(settings.SITE_URL)
    port = address.port or (443 if settings.IS_PUBLIC else 80)
    for site in Site.objects.filter(is_default_site=True):
        if (site.hostname, site.port) != (address.hostname, port):
            site.hostname, site.port = address.hostname, port
            site.save()


def set_up_staff(announce: Callable[[str], None]) -> None:
    """Groups, the review workflow and the first owner's account."""
    staff.set_up_groups()
    staff.set_up_review()
    staff.create_first_owner(announce)
