"""Everything that a running site needs, looked at one by one and answered in words."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError
from django.db.models import Q
from django.utils import timezone

from contact import audit
from contact.keys import require_keys
from contact.models import Notice
from pages.models import ArticlePage, PracticeSettings

from .health import READINESS, holds
from .models import User
from .secretfile import is_generated
from .staff import OWNER

OLDEST_BACKUP = timedelta(days=2)


class Finding(NamedTuple):
    """One answer: whether all is well, what was looked at, and what to do if it is not."""

    is_well: bool
    subject: str
    advice: str = ""


def examine() -> Iterator[Finding]:
    """Every finding, in an order in which they can be mended."""
    yield from _readiness()
    for look in LOOKS:
        yield look()


def _readiness() -> Iterator[Finding]:
    advice = {
        "database": "The database does not answer. Look at DATABASE_URL and at its server.",
        "migrations": "Run `manage.py setup`: the database is older than the code.",
        "keys": _advice_on_keys(),
        "disk": "Less than 200 MB are left on the disk of DATA_DIR.",
    }
    for name, probe in READINESS.items():
        yield Finding(holds(probe), name.capitalize(), advice[name])


def _advice_on_keys() -> str:
    try:
        require_keys()
    except ImproperlyConfigured as error:
        return str(error)
    except DatabaseError:
        pass  # Which keys it knows cannot be asked; whether ours work can.
    return "ENCRYPTION_KEYS cannot open what they seal. Do not replace them: look for them."


def _address() -> Finding:
    return Finding(
        settings.IS_PUBLIC,
        f"Address {settings.SITE_URL}",
        "Set SITE_URL to the https:// address before visitors write in.",
    )


def _debug() -> Finding:
    return Finding(not settings.DEBUG, "Debug mode", "Unset DEBUG: it shows the code to visitors.")


def _secrets() -> Finding:
    own = not any(map(is_generated, [settings.SECRET_KEY, settings.ENCRYPTION_KEYS[0]]))
    return Finding(
        own,
        "Secrets of your own",
        "SECRET_KEY and ENCRYPTION_KEYS were generated for a local site. Set your own in the "
        "environment, and keep copies outside this machine.",
    )


def _mail() -> Finding:
    sends = not settings.EMAIL_BACKEND.endswith(("console.EmailBackend", "dummy.EmailBackend"))
    return Finding(sends, "Mail", "EMAIL_URL is not set: mail is only printed.")


def _notices() -> Finding:
    return Finding(
        bool(settings.INQUIRY_NOTICE_EMAILS),
        "Addresses for notices",
        "INQUIRY_NOTICE_EMAILS is empty: nobody is told that an inquiry has arrived.",
    )


def _unsent() -> Finding:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    late = Notice.objects.filter(sent_at=None, dead=False, next_attempt_at__lt=an_hour_ago)
    advice = "Notices wait for over an hour: is `deliver` running?"
    return Finding(not late.exists(), "Notices sent", advice)


def _dead() -> Finding:
    count = Notice.objects.to_staff().filter(dead=True).count()
    advice = f"{count} notices were given up. Look at EMAIL_URL and INQUIRY_NOTICE_EMAILS."
    return Finding(not count, "No notice given up", advice)


def _owner() -> Finding:
    owners = User.objects.filter(Q(is_superuser=True) | Q(groups__name=OWNER), is_active=True)
    return Finding(
        owners.exists(), "An owner", "Nobody can sign in as owner: run `manage.py setup`."
    )


def _practice() -> Finding:
    practice = PracticeSettings.load()
    missing = [
        name
        for name in ("name", "phone", "time_zone", "reply_within_days")
        if not getattr(practice, name)
    ]
    return Finding(
        not missing,
        "Practice settings",
        f"Still empty in Settings > Practice: {', '.join(missing).replace('_', ' ')}.",
    )


def _reviews() -> Finding:
    today = timezone.localdate()
    lacking = ArticlePage.objects.live().filter(
        Q(reviewed_by=None) | Q(reviewed_on=None) | Q(next_review_on__lt=today)
    )
    count = lacking.count()
    return Finding(
        not count, "Clinical review", f"{count} published articles have no review that holds today."
    )


def _audit() -> Finding:
    verdict = audit.verify()
    return Finding(verdict.whole, "Audit trail", "Run `manage.py verify_audit`: it names the row.")


def _backup() -> Finding:
    newest = max(
        (path.stat().st_mtime for path in settings.BACKUP_DIR.glob("kapsite-*.tar.gz")), default=0
    )
    age = timezone.now().timestamp() - newest
    return Finding(
        age < OLDEST_BACKUP.total_seconds(),
        "A backup of the last two days",
        "Run `manage.py backup`, and let a timer do it every day.",
    )


LOOKS: tuple[Callable[[], Finding], ...] = (
    _address,
    _debug,
    _secrets,
    _mail,
    _notices,
    _unsent,
    _dead,
    _owner,
    _practice,
    _reviews,
    _audit,
    _backup,
)
