"""A notice to whoever an account belongs to when it was used on a device for the first time.

A device is known by a random cookie; the database keeps its hash. The notice is a row until it is
sent, so a mail server that is down delays it and loses nothing.
"""

import datetime
import hashlib
import logging
import secrets
import smtplib
from typing import Any

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.core.mail import send_mail
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from kapsite.models import KnownDevice, User
from pages.models import PracticeSettings

COOKIE = "__Host-device" if settings.IS_PUBLIC else "device"
KEPT = datetime.timedelta(days=400)  # As long as browsers keep a cookie at most.
logger = logging.getLogger(__name__)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def connect() -> None:
    """Look at the device of each sign-in from now on. Called once, when the app is ready."""
    user_logged_in.connect(note)


def note(request: HttpRequest, user: User, **kwargs: Any) -> None:
    """Write down the device of a sign-in. One that is new gets its cookie with the answer."""
    token = request.COOKIES.get(COOKIE) or secrets.token_urlsafe(32)
    request.device_token = token  # type: ignore[attr-defined]
    KnownDevice.objects.update_or_create(
        user=user, digest=_digest(token), defaults={"last_seen_at": timezone.now()}
    )


def remember(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The response, with the cookie of the device if somebody has just signed in."""
    token = getattr(request, "device_token", "")
    if token:
        response.set_cookie(
            COOKIE,
            token,
            max_age=KEPT,
            secure=settings.IS_PUBLIC,
            httponly=True,
            samesite="Strict",
        )
    return response


def send_notices() -> int:
    """Send the notices that wait; returns how many were sent. One that fails waits on."""
    waiting = KnownDevice.objects.filter(noticed_at=None).select_related("user")
    return sum(_send(device) for device in waiting)


def _send(device: KnownDevice) -> bool:
    practice = PracticeSettings.load()
    text = render_to_string(
        "emails/new_device.txt",
        {
            "seen_at": timezone.localtime(device.first_seen_at, practice.zone),
            "security": settings.SITE_URL + reverse("mfa_index"),
        },
    )
    subject = render_to_string("emails/new_device_subject.txt").strip()
    try:
        send_mail(subject, text, settings.DEFAULT_FROM_EMAIL, [device.user.email])
    except (OSError, smtplib.SMTPException) as error:
        logger.warning("A notice of a new device waits: %s.", type(error).__name__)
        return False
    KnownDevice.objects.filter(pk=device.pk).update(noticed_at=timezone.now())
    return True


def forget() -> int:
    """Remove the devices whose cookie has run out. Returns how many rows that were."""
    old = Q(last_seen_at__lt=timezone.now() - KEPT)
    return KnownDevice.objects.filter(old).delete()[0]
