"""The machine and its settings: database, keys, disk, clock, address, secrets, backups."""

import datetime
import os
import tempfile
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.models import Q
from django.utils import timezone

from contact.keys import require_keys
from contact.models import AuditEntry
from kapsite import backups
from kapsite.health import READINESS, holds
from kapsite.models import User
from kapsite.secretfile import is_generated
from kapsite.staff import OWNER

from .findings import Hint, look

OLDEST_BACKUP = datetime.timedelta(days=2)
# A code of an authenticator app counts half a minute early or late; see MFA_TOTP_TOLERANCE.
FURTHEST_OFF = datetime.timedelta(seconds=30)


@look(1, "Database")
def _database() -> Hint:
    if holds(READINESS["database"]):
        return ""
    return "The database does not answer. Look at DATABASE_URL and at its server."


@look(2, "Migrations")
def _migrations() -> Hint:
    if holds(READINESS["migrations"]):
        return ""
    return "Run `manage.py setup`: the database is older than the code."


@look(3, "Keys")
def _keys() -> Hint:
    if holds(READINESS["keys"]):
        return ""
    try:
        require_keys()
    except ImproperlyConfigured as error:
        return str(error)
    except DatabaseError:
        pass  # Which keys it knows cannot be asked; whether ours work can.
    return "ENCRYPTION_KEYS cannot open what they seal. Do not replace them: look for them."


@look(4, "Disk")
def _disk() -> Hint:
    return "" if holds(READINESS["disk"]) else "Less than 200 MB are left on the disk of DATA_DIR."


@look(5, "Clock")
def _clock() -> Hint:
    now = timezone.now()
    for what, moment in _other_clocks():
        if abs(moment - now) > FURTHEST_OFF:
            return (
                f"This machine says {now:%Y-%m-%d %H:%M} UTC, {what} {moment:%Y-%m-%d %H:%M}. Let "
                "both keep time by NTP (`timedatectl`): due times and sign-in codes depend on it."
            )
    newest = AuditEntry.objects.order_by("-sequence").values_list("created_at", flat=True).first()
    if newest and newest - now > FURTHEST_OFF:
        return (
            f"The audit trail ends in the future, at {newest:%Y-%m-%d %H:%M} UTC. The clock was "
            "or is wrong: compare it with another one."
        )
    return ""


def _other_clocks() -> Iterator[tuple[str, datetime.datetime]]:
    """What other clocks say: that of the disk, which may be another machine's, and a server's."""
    with tempfile.TemporaryFile(dir=settings.DATA_DIR) as file:
        modified = os.fstat(file.fileno()).st_mtime
    yield "the disk of DATA_DIR says", datetime.datetime.fromtimestamp(modified, datetime.UTC)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT clock_timestamp()")
            yield "the database says", cursor.fetchone()[0]


@look(6, "Address")
def _address() -> Hint:
    if settings.IS_PUBLIC:
        return ""
    return (
        f"The site is at {settings.SITE_URL}. Set SITE_URL to the https:// address before "
        "visitors write in."
    )


@look(7, "Debug mode is off")
def _debug() -> Hint:
    return "Unset DEBUG: it shows the code to visitors." if settings.DEBUG else ""


@look(8, "Secrets of your own")
def _secrets() -> Hint:
    if not any(map(is_generated, [settings.SECRET_KEY, settings.ENCRYPTION_KEYS[0]])):
        return ""
    return (
        "SECRET_KEY and ENCRYPTION_KEYS were generated for a local site. Set your own in the "
        "environment, and keep copies outside this machine."
    )


@look(9, "A backup of the last two days")
def _backup() -> Hint:
    newest = backups.newest()
    age = timezone.now().timestamp() - (newest.stat().st_mtime if newest else 0)
    if abs(age) < OLDEST_BACKUP.total_seconds():  # One from the future proves nothing.
        return ""
    return "Run `manage.py backup`, and let a timer do it every day."


@look(10, "An owner")
def _owner() -> Hint:
    owners = User.objects.filter(Q(is_superuser=True) | Q(groups__name=OWNER), is_active=True)
    return "" if owners.exists() else "Nobody can sign in as owner: run `manage.py setup`."


@look(26, "A key for backups")
def _recipient() -> Hint:
    """Said before the first backup is due: a public site makes none without it."""
    if settings.BACKUP_RECIPIENTS or not settings.IS_PUBLIC:
        return ""
    return (
        "BACKUP_RECIPIENT is empty, so no backup is made. Run `manage.py backup --new-key FILE`, "
        "put what it prints there, and keep FILE away from this machine."
    )
