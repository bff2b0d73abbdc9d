"""What the contact page answers. Its routes call these; see `ContactPage`."""

import logging

from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from .forms import ContactForm
from .intake import receive
from .limits import TooMany
from .models import ContactPage, Inquiry
from .sender import Sender
from .unsent import not_stored, remember_practice, too_many

logger = logging.getLogger(__name__)
signer = signing.Signer(salt="contact.thanks")


@require_http_methods(["GET", "HEAD", "POST"])
@cache_control(private=True, no_store=True)
@sensitive_post_parameters()
def contact(request: HttpRequest, page: ContactPage) -> HttpResponseBase:
    """Show the form; store what is sent and go on to the thanks page.

    No CSRF token, and so no cookie: the form speaks for nobody who is signed in, so a forged post
    can do no more than one that its author sends directly. Who blocks cookies, or comes back to a
    page of last week, gets through; what another website sends is put aside (see `Sender`), and
    so is what does not carry the stamp that our page signs.
    """
    practice = remember_practice(request)
    form = ContactForm(
        request.POST if request.method == "POST" else None,
        initial={"topic": page.topic_from_slug(request.GET.get("topic", ""))},
        topics=page.topic_labels,
        consent=page.consent,
    )
    if not form.is_valid():
        return page.render(request, context_overrides={"form": form})
    try:
        reference = receive(form, page, practice, Sender.of(request))
    except TooMany as limit:
        return too_many(request, page, form, limit.wait)
    except (DatabaseError, OSError) as error:
        logger.error("A message could not be stored: %s", type(error).__name__)
        return not_stored(request, page, form)
    ticket = urlencode({"ref": signer.sign(reference)})
    return HttpResponseRedirect(f"{page.get_url(request)}thanks/?{ticket}")


def _inquiry_of(ticket: str) -> Inquiry | None:
    """The inquiry that a thanks page is for, as far as the page shows it: nothing sealed."""
    try:
        reference = signer.unsign(ticket)
    except signing.BadSignature:
        return None
    return (
        Inquiry.everything.only("reference", "promise", "contact_by")
        .filter(reference=reference)
        .first()
    )


@require_safe
@cache_control(private=True, no_store=True)
def thanks(request: HttpRequest, page: ContactPage) -> HttpResponseBase:
    """Say that the message is there, and what was promised. Shows nothing that was typed.

    Without the ticket of a stored message it claims nothing.
    """
    inquiry = _inquiry_of(request.GET.get("ref", ""))
    is_sent = inquiry is not None or getattr(request, "is_preview", False)
    return page.render(
        request,
        template="contact/thanks_page.html",
        context_overrides={"inquiry": inquiry, "is_sent": is_sent},
    )
