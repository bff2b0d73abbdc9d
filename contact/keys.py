"""The keys that this site needs: noted down when they begin to seal, asked for at each start.

Without this, a key that is missing from ENCRYPTION_KEYS would be noticed only when somebody opens
a row that it sealed, perhaps weeks after the last copy of it was thrown away.
"""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from . import audit
from .fields import sealed_fields
from .models import Action, BlindTerm, SealingKey
from .sealing import key_ring

logger = logging.getLogger(__name__)


def known_keys() -> list[str]:
    """The ids of the keys that have sealed something here, the oldest first."""
    known = SealingKey.objects.order_by("first_used_at", "pk")
    return list(known.values_list("key_id", flat=True))


def missing_keys() -> list[str]:
    """The ids of the keys that have sealed something here and are not in ENCRYPTION_KEYS.

    Raises DatabaseError when the table cannot be read, ImproperlyConfigured without a key.
    """
    ring = key_ring()
    return [key_id for key_id in known_keys() if key_id not in ring]


def require_keys() -> None:
    """Raise ImproperlyConfigured, in words for whoever runs the site, when a key is missing."""
    missing = missing_keys()
    if missing:
        raise ImproperlyConfigured(_advice(missing))


def _advice(missing: list[str]) -> str:
    what = ngettext(
        "ENCRYPTION_KEYS lacks the key %(ids)s, which this site has sealed with.",
        "ENCRYPTION_KEYS lacks the keys %(ids)s, which this site has sealed with.",
        len(missing),
    )
    remedy = _(
        "Put it back behind the first key, after a comma. Do not generate a new one: it would "
        "open nothing. A key may go once `manage.py rotate_keys` has said so. If it is lost for "
        "good, `manage.py rotate_keys --give-up %s` goes on without what it sealed."
    )
    return f"{what % {'ids': ', '.join(missing)}} {remedy % missing[0]}"


def remember_current_key() -> None:
    """Note down that the first key of the ring is about to seal."""
    SealingKey.objects.get_or_create(key_id=key_ring().current.id)


def prepare_keys() -> None:
    """What a process does before it seals: ask for every key, then note down its own.

    A database that is away or not migrated yet is no reason not to start: the site then says so
    on its pages and at `/readyz`. Raises ImproperlyConfigured.
    """
    try:
        require_keys()
        remember_current_key()
    except DatabaseError as error:
        logger.warning("The keys could not be compared: %s.", type(error).__name__)


def is_in_use(key_id: str) -> bool:
    """Whether any sealed column or blind index term needs this key. Reads every row once."""
    return (
        any(field.sealed_by(key_id).exists() for field in sealed_fields())
        or BlindTerm.objects.made_by(key_id).exists()
    )


def forget_unused_keys() -> list[str]:
    """Forget the older keys that nothing needs any more; returns the ids of those still in use."""
    older = SealingKey.objects.exclude(key_id=key_ring().current.id)
    needed = [key.key_id for key in older.order_by("pk") if is_in_use(key.key_id)]
    older.exclude(key_id__in=needed).delete()
    return needed


@transaction.atomic
def give_up(key_id: str) -> int:
    """Go on without a key that is lost for good, and write that down in the audit trail.

    Returns how many sealed texts stay closed for ever. Raises LookupError for a key that is not
    missing: nobody gives up by mistake what can still be opened.
    """
    if key_id not in missing_keys():
        raise LookupError(key_id)
    SealingKey.objects.filter(key_id=key_id).delete()
    closed = sum(field.sealed_by(key_id).count() for field in sealed_fields())
    audit.record(Action.CHANGED, key_given_up=key_id, closed_texts=closed)
    return closed
