"""What is looked at after a restore, and before anybody says that it is done."""

from collections.abc import Collection
from typing import Any

from django.db import connection, models

from contact import audit, keys
from contact.fields import SealedTextField, sealed_fields
from contact.sealing import SealingError

from . import snapshot
from .places import UNPROVED
from .trouble import BackupError

SAMPLES = 20  # From each sealed column and each key, the first and the last so many.


def same_counts(expected: dict[str, int]) -> str:
    """Compare how many rows each table has; returns what was found. Raises BackupError."""
    with connection.cursor() as cursor:
        found = snapshot.counts(cursor)
    wrong = sorted(t for t in {*found, *expected} - {UNPROVED} if found.get(t) != expected.get(t))
    if wrong:
        table = wrong[0]
        raise BackupError(
            f"The restored table {table} has not as many rows as it had: "
            f"{found.get(table, 0)}, not {expected.get(table, 0)}. Take another backup."
        )
    return f"{sum(expected.values())} rows in {len(expected)} tables, as many as there were"


def keys_open(given_up: Collection[str], remedy: str = "Take another backup.") -> str:
    """Open a sample of what each key has sealed; returns how many. Raises BackupError."""
    for key_id in set(given_up) & set(keys.missing_keys()):
        keys.give_up(key_id)
    missing = keys.missing_keys()
    if missing:
        raise BackupError(f"ENCRYPTION_KEYS lacks {', '.join(missing)}.")
    known = keys.known_keys()
    try:
        opened = sum(_open_sample(field, key_id) for field in sealed_fields() for key_id in known)
    except BackupError as error:
        raise BackupError(f"{error} {remedy}") from None
    return f"{opened} sealed texts opened, from {len(known)} keys"


def _open_sample(field: SealedTextField, key_id: str) -> int:
    """Open the first and last rows of a column that a key has sealed; returns how many."""
    rows: models.QuerySet[Any] = field.sealed_by(key_id)
    sample = {row.pk: row for order in ("pk", "-pk") for row in rows.order_by(order)[:SAMPLES]}
    try:
        for row in sample.values():
            getattr(row, field.attname)
    except SealingError:
        raise BackupError(
            f"What the key {key_id} sealed in {field.model._meta.db_table} does not open."
        ) from None
    return len(sample)


def trail_is_whole(where: str = "in this backup") -> str:
    """Walk the audit trail; returns how long it is. Raises BackupError where it is broken."""
    verdict = audit.verify()
    if not verdict.whole:
        raise BackupError(f"The audit trail {where} is broken. {verdict.problem}")
    return f"{verdict.entries} entries of the audit trail, an unbroken chain"
