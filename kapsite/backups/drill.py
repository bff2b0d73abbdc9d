"""A drill: a backup is made, restored into a place of its own, proved, and removed again.

It needs no private key: its backup is sealed to a key that exists for the drill only, beside the
recipients of every other backup.
"""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import OperationalError, ProgrammingError, connection
from pyrage import x25519

from kapsite.secretfile import BASE_DIR

from . import envelope, folder
from .making import make_backup
from .trouble import BackupError, said_in_words

FOLDER = "drill"


def hold_drill(report: Callable[[str], None]) -> None:
    """Prove that a backup made now can be restored; `report` gets a sentence for each step.

    Raises BackupError when anything on the way fails. Nothing stays behind.
    """
    with (
        said_in_words("The drill could not be held", settings.BACKUP_DIR),
        folder.working_in(settings.BACKUP_DIR / FOLDER) as work,
    ):
        identity = x25519.Identity.generate()
        recipients = [*envelope.configured_recipients(), identity.to_public()]
        began = time.monotonic()
        archive = make_backup(work / "made", recipients)
        size = archive.stat().st_size / 1e6
        report(f"Backup made: {size:.1f} MB ({time.monotonic() - began:.1f} s)")
        envelope.write_identity(identity, work / "identity")
        place = work / "place"
        place.mkdir(mode=0o700)
        with _database_in(place) as database_url:
            _restore(archive, work / "identity", place, database_url, report)


def _restore(
    archive: Path, identity: Path, place: Path, database_url: str, report: Callable[[str], None]
) -> None:
    """Restore as in earnest, in a process of its own that knows of no other place."""
    command = [sys.executable, str(BASE_DIR / "manage.py"), "restore", str(archive)]
    secrets = {
        "SECRET_KEY": settings.SECRET_KEY,
        "ENCRYPTION_KEYS": ",".join(settings.ENCRYPTION_KEYS),
    }
    done = subprocess.run(
        [*command, "--identity", str(identity)],
        env=os.environ | secrets | {"DATA_DIR": str(place), "DATABASE_URL": database_url},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["restore ended without a word."]
        raise BackupError(f"The backup was made and cannot be restored. {said[0]}")
    for line in done.stdout.splitlines()[:-1]:  # The last one says what to do next in earnest.
        report(line)


@contextmanager
def _database_in(place: Path) -> Iterator[str]:
    """The DATABASE_URL of an empty database, which is gone afterwards."""
    if connection.vendor == "sqlite":
        yield f"sqlite:///{place / 'db.sqlite3'}"
        return
    _remove_left_databases()
    name = f"{_prefix()}{uuid.uuid4().hex[:12]}"
    _create(name)
    try:
        yield _url_of(name)
    finally:
        _run(f"DROP DATABASE {connection.ops.quote_name(name)} WITH (FORCE)")


def _prefix() -> str:
    """How the names of this site's databases for drills begin. A name has at most 63 bytes."""
    return f"{connection.settings_dict['NAME'][:40]}_drill_"


def _create(name: str) -> None:
    try:
        _run(f"CREATE DATABASE {connection.ops.quote_name(name)} TEMPLATE template0")
    except (OperationalError, ProgrammingError):
        raise BackupError(
            "The database account may not make the database that a drill needs. Allow it with "
            "ALTER ROLE ... CREATEDB, or restore a backup on another machine instead."
        ) from None


def _remove_left_databases() -> None:
    """Remove the databases of drills that were killed; one that is in use stays."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [_prefix()]
        )
        left = [name for (name,) in cursor.fetchall()]
    for name in left:
        with suppress(OperationalError, ProgrammingError):
            _run(f"DROP DATABASE {connection.ops.quote_name(name)}")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _url_of(name: str) -> str:
    """The DATABASE_URL of another database on the same server."""
    config = connection.settings_dict
    user, password, host = (quote(str(config[key]), "") for key in ("USER", "PASSWORD", "HOST"))
    login = f"{user}{f':{password}' if password else ''}@" if user else ""
    port = f":{config['PORT']}" if config["PORT"] else ""
    options = {
        key: value for key, value in config["OPTIONS"].items() if isinstance(value, str | int)
    }
    return f"postgres://{login}{host}{port}/{quote(name, '')}?{urlencode(options)}"
