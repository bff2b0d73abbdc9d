"""Releasing inquiries as a download that nobody gets without its being written down first.

Two kinds of entries are written. One for the export, for good, before any row is opened: who, why,
in which format, which period, how many. And one for each inquiry, `shown` with the export's
sequence number, because "who saw inquiry X?" must be answered by looking for X, not by working out
which exports X fell into. These are written for good with each batch just before it is opened: a
download that breaks off half way has entries for what it opened, and for nothing else.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import models, transaction
from django.db.models import F, Prefetch, Q
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from pages.models import PracticeSettings

from .. import audit
from ..models import Action, AuditEntry, Inquiry, Note
from ..models.inquiry import InquiryQuerySet
from .fhir import FhirBundle
from .spreadsheet import Spreadsheet

User = AbstractBaseUser | AnonymousUser

# Rows in memory at once. On SQLite nobody else writes while the entries of a batch are written.
BATCH = 50


class Format(models.TextChoices):
    """How inquiries can be written."""

    CSV = "csv", _("CSV, for a spreadsheet")
    FHIR = "fhir", _("FHIR R4 (JSON), for another system")


WRITERS: dict[str, type[Spreadsheet] | type[FhirBundle]] = {
    Format.CSV: Spreadsheet,
    Format.FHIR: FhirBundle,
}


class Reason(models.TextChoices):
    """Why inquiries are released. Choices, so that nothing private gets into the audit trail."""

    PERSON = "person", _("The person asked for their data")
    MOVE = "move", _("Care moves to another system")
    AUTHORITY = "authority", _("A court or an authority asked")
    REPORT = "report", _("A report for the practice")


def batches(rows: InquiryQuerySet) -> Iterator[Sequence[Inquiry]]:
    """The inquiries from the oldest on, some at a time, with all that is told of each.

    Two queries a batch, however many rows there are before it. Nothing is opened.
    """
    told = (
        rows.select_related("assigned_to")
        .annotate(merged_with=F("duplicate_of__reference"))
        .prefetch_related(Prefetch("notes", Note.objects.select_related("author")))
        .order_by("created_at", "pk")
    )
    after = Q()  # Its first condition says nothing new, but lets an index jump to the place.
    while batch := list(told.filter(after)[:BATCH]):
        yield batch
        last = batch[-1]
        after = Q(created_at__gte=last.created_at) & (
            Q(created_at__gt=last.created_at) | Q(pk__gt=last.pk)
        )


def _written_down(rows: InquiryQuerySet, export: AuditEntry, actor: User) -> Iterator[Inquiry]:
    """The inquiries, each after the entry that says who is shown it is there for good."""
    for batch in batches(rows):
        with transaction.atomic(durable=True):
            for inquiry in batch:
                audit.record(
                    Action.SHOWN, actor=actor, reference=inquiry.reference, export=export.sequence
                )
        yield from batch


def _content(
    rows: InquiryQuerySet, writer: Spreadsheet | FhirBundle, export: AuditEntry, actor: User
) -> Iterator[bytes]:
    yield writer.begin().encode()
    for inquiry in _written_down(rows, export, actor):
        for text in writer.entries(inquiry):
            yield text.encode()
    yield writer.end().encode()


def release(
    rows: InquiryQuerySet, actor: User, *, kind: str, reason: str, **detail: Any
) -> StreamingHttpResponse:
    """Write the export down, and answer with the download in the format `kind`.

    `detail` says which inquiries these are and holds nothing private. What arrives from now on is
    not in it.
    """
    zone, now = PracticeSettings.load().zone, timezone.now()
    rows = rows.filter(created_at__lte=now)
    with transaction.atomic(durable=True):
        export = audit.record(
            Action.EXPORTED, actor=actor, format=kind, reason=reason, count=rows.count(), **detail
        )
    writer = WRITERS[kind](zone)
    name = f"inquiries-{now.astimezone(zone).date()}.{writer.suffix}"
    return StreamingHttpResponse(
        _content(rows, writer, export, actor),
        content_type=writer.content_type,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "X-Content-Type-Options": "nosniff",
        },
    )
