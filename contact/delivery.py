"""Sending what the notice rows ask for: fixed words, a reference and a link, nothing else."""

import logging
from collections.abc import Callable
from email.utils import parseaddr

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from .mailserver import reason, would_take_mail
from .models import Notice

logger = logging.getLogger(__name__)
BATCH = 50


def _context(notice: Notice) -> dict[str, str]:
    """What a mail's template may say: a reference, the promised day, a link for staff."""
    return {
        "reference": str(notice.inquiry),
        "promise": notice.inquiry.promise if notice.inquiry else "",
        "link": settings.SITE_URL + reverse("inquiry:inspect", args=[notice.inquiry_id]),
    }


def _sender(notice: Notice) -> str:
    """From whom a mail comes. To a visitor by its bare address: a name could tell who writes."""
    if notice.kind == Notice.Kind.ACKNOWLEDGEMENT:
        return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return settings.DEFAULT_FROM_EMAIL


def _message(notice: Notice) -> EmailMessage:
    """The mail for a notice. The same notice always has the same Message-ID."""
    host = settings.SITE_URL.partition("://")[2].partition(":")[0]
    context = _context(notice)
    return EmailMessage(
        subject=render_to_string(f"emails/{notice.kind}_subject.txt", context).strip(),
        body=render_to_string(f"emails/{notice.kind}.txt", context),
        from_email=_sender(notice),
        to=[notice.address],
        headers={
            "Message-ID": f"<notice.{notice.pk}.{notice.inquiry}@{host}>",
            "Auto-Submitted": "auto-generated",
        },
    )


def _carry_out(notice: Notice) -> None:
    """Send what the notice asks for; for the test, find out whether that could be done now."""
    if notice.kind == Notice.Kind.REHEARSAL:
        would_take_mail(settings.INQUIRY_NOTICE_EMAILS)
    else:
        _message(notice).send()


def _send(notice: Notice) -> None:
    """Send a claimed notice and write down how it went. Whatever goes wrong concerns it alone."""
    try:
        _carry_out(notice)
    except Exception as error:  # A mail backend may raise anything at all.
        notice.mark_failed(timezone.now(), reason(error))
        logger.warning("Notice %s was not sent: %s", notice.pk, notice.last_error)
    else:
        notice.mark_sent(timezone.now())


def deliver_due(is_stopping: Callable[[], bool] = lambda: False) -> int:
    """Try every notice that is due, once each, and return how many this worker tried.

    `is_stopping` is asked before each mail, so that a worker can be ended between two.
    """
    tried = 0
    while batch := Notice.everything.due(timezone.now()).select_related("inquiry")[:BATCH]:
        for notice in batch:
            if is_stopping():
                return tried
            if notice.claim(timezone.now()):
                _send(notice)
                tried += 1
    return tried
