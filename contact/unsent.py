"""What somebody sees whose message could not be taken: why, what to do, and all that was typed."""

import datetime
import math

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pages.models import PracticeSettings

from .forms import ContactForm
from .models import ContactPage

MINUTE = datetime.timedelta(minutes=1)


def _practice() -> PracticeSettings:
    """The practice's facts; those of a practice that has set none when they cannot be read."""
    try:
        return PracticeSettings.load()
    except (DatabaseError, OSError):
        return PracticeSettings()


def _page(
    request: HttpRequest, page: ContactPage, form: ContactForm, status: int, trouble: str
) -> HttpResponse:
    """The filled form with a sentence above it; in a plain frame when the database is away."""
    context = {"form": form, "trouble": trouble}
    try:
        response = page.render(request, context_overrides=context).render()
    except (DatabaseError, OSError):
        plain = render_to_string("contact/unsent.html", context | {"practice": _practice()})
        return HttpResponse(plain, status=status)
    response.status_code = status
    return response


def too_many(
    request: HttpRequest, page: ContactPage, form: ContactForm, wait: datetime.timedelta
) -> HttpResponse:
    """429: the sender's network has reached the hard limit."""
    minutes = math.ceil(wait / MINUTE)
    trouble = ngettext(
        "Many messages have come from your network within an hour. Please send yours again in "
        "%(count)s minute.",
        "Many messages have come from your network within an hour. Please send yours again in "
        "%(count)s minutes.",
        minutes,
    ) % {"count": minutes}
    response = _page(request, page, form, 429, trouble)
    response["Retry-After"] = str(math.ceil(wait.total_seconds()))
    return response


def not_stored(request: HttpRequest, page: ContactPage, form: ContactForm) -> HttpResponse:
    """503: the disk is full, or the database locked or away."""
    trouble = _("We could not store it. This is our fault. Please send it again in a few minutes.")
    return _page(request, page, form, 503, trouble)
