"""After some failures one account is closed for a while, for the address that they came from.

By account and address together: by the address alone an office would lock itself out, and by the
account alone anybody could lock out whom they like. Nothing typed is kept: an account is known to
the lock by a keyed hash, since people type passwords into the wrong field.
"""

from typing import Any

from axes.handlers.proxy import AxesProxyHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.crypto import salted_hmac

from contact.sender import client_address


def account_key(request: HttpRequest, credentials: dict[str, Any] | None = None) -> str:
    """The hash under which failures with an e-mail address are counted."""
    typed = (credentials or {}).get("username") or (credentials or {}).get("email") or ""
    return salted_hmac("kapsite.locks", str(typed).strip().lower(), algorithm="sha256").hexdigest()


def address(request: HttpRequest) -> str | None:
    """The address of the request as the first of our own proxies saw it."""
    return client_address(request) or None


def is_closed(request: HttpRequest, username: str) -> bool:
    """Whether this account is closed for this address now."""
    return not AxesProxyHandler.is_allowed(request, {"username": username})


def count_failure(request: HttpRequest, username: str) -> None:
    """Count a failed second step as a failed sign-in, here and in the audit trail."""
    user_login_failed.send(sender=__name__, credentials={"username": username}, request=request)


def closed(request: HttpRequest, *args: Any) -> HttpResponse:
    """429: says how long to wait and what else can be done."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    answer = render(request, "staff/closed.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def forget() -> int:
    """Remove the failures that no longer count. Returns how many rows that were.

    One from a later time than now, by a clock that was ahead, would close an account until then.
    """
    now = timezone.now()
    over = Q(attempt_time__lt=now - settings.AXES_COOLOFF_TIME)
    of_a_wrong_clock = Q(attempt_time__gt=now + settings.AXES_COOLOFF_TIME)
    return AccessAttempt.objects.filter(over | of_a_wrong_clock).delete()[0]
