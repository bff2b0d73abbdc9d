"""How the site is doing, in numbers, for a monitoring system that asks now and then.

The text is Prometheus' exposition format, version 0.0.4. It is there only with METRICS_TOKEN set
and given as a bearer token. Nothing in it is about a person, and each number costs a bounded look
at the database: counts stop at MOST_COUNTED.
"""

import shutil
import time
from collections.abc import Callable
from hmac import compare_digest

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contact.models import AuditHead, Inquiry, Notice, Rehearsal

from . import backups

MOST_COUNTED = 10_000
FORMAT = "text/plain; version=0.0.4; charset=utf-8"


def _count(rows: QuerySet) -> int:
    return rows.order_by()[:MOST_COUNTED].count()


def _oldest_wait() -> float:
    """Seconds for which the oldest unsent notice has waited."""
    oldest = Notice.objects.waiting().order_by("pk").values_list("created_at", flat=True).first()
    return (timezone.now() - oldest).total_seconds() if oldest else 0


def _backup_age() -> float:
    """Seconds since the newest backup; minus one when there is none."""
    newest = backups.newest()
    return time.time() - newest.stat().st_mtime if newest else -1


def _rehearsal_age() -> float:
    """Seconds since the hourly test inquiry last came all the way; minus one when it never did."""
    age = Rehearsal.objects.now().age
    return age.total_seconds() if age is not None else -1


def _audit_entries() -> int:
    return AuditHead.objects.values_list("sequence", flat=True).first() or 0


# The name of each number, what it says, and where it comes from.
NUMBERS: dict[str, tuple[str, Callable[[], float]]] = {
    "kapsite_inquiries_open": ("Inquiries that wait", lambda: _count(Inquiry.objects.open())),
    "kapsite_inquiries_late": (
        "Inquiries past their due time",
        lambda: _count(Inquiry.objects.late(timezone.now())),
    ),
    "kapsite_inquiries_set_aside": (
        "Inquiries that may be spam",
        lambda: _count(Inquiry.objects.filter(quarantined=True)),
    ),
    "kapsite_notices_waiting": ("Notices not sent", lambda: _count(Notice.objects.waiting())),
    "kapsite_notices_given_up": ("Notices given up", lambda: _count(Notice.objects.given_up())),
    "kapsite_notices_oldest_wait_seconds": ("Wait of the oldest notice", _oldest_wait),
    "kapsite_synthetic_inquiry_age_seconds": (
        "Time since the hourly test inquiry came all the way, -1 if never",
        _rehearsal_age,
    ),
    "kapsite_backup_age_seconds": ("Age of the newest backup, -1 without one", _backup_age),
    "kapsite_disk_free_bytes": (
        "Room left for the data",
        lambda: shutil.disk_usage(settings.DATA_DIR).free,
    ),
    "kapsite_audit_entries": ("Entries of the audit trail", _audit_entries),
}


def _may_ask(request: HttpRequest) -> bool:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(settings.METRICS_TOKEN) and compare_digest(
        given.encode(), settings.METRICS_TOKEN.encode()
    )


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Every number on a line of its own; 404 for whoever may not ask."""
    if not _may_ask(request):
        raise Http404
    lines = [
        f"# HELP {name} {words}.\n# TYPE {name} gauge\n{name} {number():g}\n"
        for name, (words, number) in NUMBERS.items()
    ]
    return HttpResponse("".join(lines), content_type=FORMAT)
