"""Sealing everything anew under the first key, while the site runs.

Put the new key in front in ENCRYPTION_KEYS, restart the site, run `rotate_keys`, then take the old
key out. Rows that the first key sealed already are passed over, so an interrupted run is
completed by the next one.
"""

import uuid
from collections.abc import Iterator
from typing import NamedTuple

from django.db import models, transaction

from .fields import Sealed, SealedTextField, sealed_fields
from .models import BlindTerm, Inquiry
from .sealing import SealingError, key_ring

BATCH = 50  # Small, because on SQLite nobody else writes while a batch is being written.


class Progress(NamedTuple):
    """How far the work on one table is; `broken` are the rows that do not open.

    `total` grows with what the site stores meanwhile; `done` reaches it at the end.
    """

    table: str
    done: int
    total: int
    resealed: int
    broken: list[str]


def sealed_models() -> dict[type[models.Model], list[SealedTextField]]:
    """Every model that has sealed columns, with these."""
    found: dict[type[models.Model], list[SealedTextField]] = {}
    for field in sealed_fields():
        found.setdefault(field.model, []).append(field)
    return found


def _reseal_field(row: models.Model, field: SealedTextField) -> bool:
    """Put a token of the first key into the row. Returns whether that was needed.

    The new token is opened and compared before it takes the place of the old one. Raises
    SealingError when the old one does not open.
    """
    ring, place, old = key_ring(), field.place(row), field.token(row)
    if ring.sealed_with_current(old):
        return False
    text = ring.open(old, place)
    token = ring.seal(text, place)
    if ring.open(token, place) != text:
        raise SealingError(f"The new token for {'/'.join(place)} does not open to the same text.")
    setattr(row, field.attname, Sealed(token))
    return True


def _reseal_row(row: models.Model, fields: list[SealedTextField]) -> bool:
    """Seal a row anew and save it. Returns whether that was needed."""
    changed = [field.attname for field in fields if _reseal_field(row, field)]
    if changed:
        row.save(update_fields=changed)
    return bool(changed)


def _reindex(inquiry: Inquiry) -> bool:
    """Write the blind index of an inquiry anew, if an older key made any of it."""
    ring = key_ring()
    terms = BlindTerm.objects.filter(inquiry=inquiry).values_list("term", flat=True)
    if all(ring.term_is_current(term) for term in terms):
        return False
    BlindTerm.objects.write(inquiry)
    return True


def _rotate_row(row: models.Model, fields: list[SealedTextField]) -> bool:
    changed = _reseal_row(row, fields)
    if isinstance(row, Inquiry):
        changed = _reindex(row) or changed
    return changed


@transaction.atomic
def _rotate_batch(
    model: type[models.Model], fields: list[SealedTextField], keys: list[uuid.UUID]
) -> tuple[int, list[str]]:
    """Rotate some locked rows; returns how many needed it, and those that do not open."""
    resealed, broken = 0, []
    for row in model._base_manager.select_for_update().filter(pk__in=keys):
        try:
            with transaction.atomic():
                resealed += _rotate_row(row, fields)
        except SealingError:
            broken.append(f"{model._meta.db_table} {row}")
    return resealed, broken


def _batches(model: type[models.Model]) -> Iterator[tuple[list[uuid.UUID], bool]]:
    """The primary keys of a table in their order, and whether they are the last.

    Each batch begins where the one before ended, so that a large table costs no memory and rows
    that come or go meanwhile shift nothing.
    """
    rows = model._base_manager.order_by("pk").values_list("pk", flat=True)
    batch = list(rows[:BATCH])
    while batch:
        following = list(rows.filter(pk__gt=batch[-1])[:BATCH])
        yield batch, not following
        batch = following


def _rotate_table(model: type[models.Model], fields: list[SealedTextField]) -> Iterator[Progress]:
    """Rotate one table and tell the progress after each batch."""
    total, done, resealed = model._base_manager.count(), 0, 0
    broken: list[str] = []
    for batch, is_last in _batches(model):
        more, failed = _rotate_batch(model, fields, batch)
        done, resealed, broken = done + len(batch), resealed + more, broken + failed
        total = done if is_last else max(total, done + 1)
        yield Progress(model._meta.db_table, done, total, resealed, broken)


def rotate() -> Iterator[Progress]:
    """Rotate every sealed table, batch by batch, and tell the progress after each.

    A row that does not open is left as it is and named; the others go on. Rows that the site
    stores meanwhile are sealed with the first key already, wherever in the order they stand.
    """
    for model, fields in sealed_models().items():
        yield from _rotate_table(model, fields)
