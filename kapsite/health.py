"""Two questions that a machine asks: does the process live, and can it serve?"""

import shutil
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from contact import keys, sealing

LEAST_FREE_BYTES = 200 * 1024 * 1024


def database_answers() -> bool:
    """Whether the database answers a query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def migrations_are_applied() -> bool:
    """Whether the database has every migration that the code has."""
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def keys_open_what_they_seal() -> bool:
    """Whether the encryption keys are there and work."""
    ring = sealing.key_ring()
    place = sealing.Place("readyz", "probe", "0")
    return ring.open(ring.seal("probe", place), place) == "probe"


def keys_are_there() -> bool:
    """Whether the encryption keys work, and none is missing that has sealed something here.

    A database that cannot be asked which keys it knows is for the other probes to name.
    """
    if not keys_open_what_they_seal():
        return False
    try:
        return not keys.missing_keys()
    except DatabaseError:
        return True


def disk_has_room() -> bool:
    """Whether the data folder has at least 200 MiB left."""
    return shutil.disk_usage(settings.DATA_DIR).free >= LEAST_FREE_BYTES


READINESS: dict[str, Callable[[], bool]] = {
    "database": database_answers,
    "migrations": migrations_are_applied,
    "keys": keys_are_there,
    "disk": disk_has_room,
}


def holds(probe: Callable[[], bool]) -> bool:
    """Whether the probe says yes; a failure on the way counts as no."""
    try:
        return probe()
    except (DatabaseError, OSError, ImproperlyConfigured, sealing.SealingError):
        return False


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as the process answers; asks nothing of the database."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(request: HttpRequest) -> JsonResponse:
    """200 with every probe true, or 503 with the probes that are not."""
    results = {name: holds(probe) for name, probe in READINESS.items()}
    return JsonResponse(results, status=200 if all(results.values()) else 503)
