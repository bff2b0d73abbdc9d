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
_last_known: dict[str, PracticeSettings] = {}


def remember_practice(request: HttpRequest) -> PracticeSettings:
    """Keep the practice's facts in memory, so that its phone number outlives the database."""
    _last_known["practice"] = PracticeSettings.of(request)
    return _last_known["practice"]


def _plain(form: ContactForm, trouble: str) -> str:
    """The filled form in a frame that needs no database, with the practice as last known."""
    practice = _last_known.get("practice") or PracticeSettings()
    context = {"form": form, "trouble": trouble, "practice": practice}
    return render_to_string("contact/unsent.html", context)


def _not_stored() -> str:
    return _("We could not store it. This is our fault. Please send it again in a few minutes.")


def _page(
    request: HttpRequest, page: ContactPage, form: ContactForm, status: int, trouble: str
) -> HttpResponse:
    """The filled form with a sentence above it; in a plain frame when the database is away."""
    context = {"form": form, "trouble": trouble}
    try:
        response = page.render(request, context_overrides=context).render()
    except (DatabaseError, OSError):
        return HttpResponse(_plain(form, trouble), status=status)
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
    """503: the disk is full, or the database locked."""
    return _page(request, page, form, 503, _not_stored())


def not_reached(request: HttpRequest) -> HttpResponse:
    """503: the database is away, and the contact page with it. Its address is all that we have.

    The consent wording is not here; whoever sends this has read it on the page before.
    """
    topic = request.POST.get("topic", "")
    form = ContactForm(request.POST, topics=[topic] if topic else [], consent="")
    response = HttpResponse(_plain(form, _not_stored()), status=503)
    response["Cache-Control"] = "no-store, private"
    return response
