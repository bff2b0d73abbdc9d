"""Sending the test: through the web server of this machine, as a browser would.

Where no web server ever was on this machine (some platforms run the clock on one of its own), the
same form and the same code take it in this process.
"""

import re
import uuid
from contextlib import closing
from html.parser import HTMLParser
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from typing import NamedTuple
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from wagtail.models import Site

from pages.models import PracticeSettings

from ..keys import prepare_keys
from ..models import ContactBy, ContactPage, Suspicion, Trouble
from ..sender import Sender
from ..stamp import stamp_suspicion
from . import mark

SECONDS = 30  # As long as gunicorn waits for a worker of its own.
FORM_TYPE = "application/x-www-form-urlencoded"


class Stuck(Exception):
    """The test did not get further. `detail` is for a technician and holds nothing private."""

    def __init__(self, trouble: Trouble, detail: str = "") -> None:
        super().__init__(trouble.value)
        self.trouble, self.detail = trouble, detail


class NobodyListens(Stuck):
    """There is no web server at our port."""


def answers_of(submission_id: uuid.UUID) -> dict[str, str]:
    """What the test says, in the form's own fields. No person can have this address (RFC 2606)."""
    return {
        "name": "Hourly test",
        "contact_by": ContactBy.EMAIL.value,
        "email": "rehearsal@example.invalid",
        "message": f"A test of this website, by itself: {submission_id}",
        "submission_id": str(submission_id),
    }


def _contact_page() -> tuple[ContactPage, str]:
    """The page with the form, and its path at the web server. Raises Stuck where none is published.

    `Page.get_url` would bring in every address of the site, and with them the whole admin: 48 MB,
    for as long as the clock runs.
    """
    page = ContactPage.objects.live().first()
    for site in Site.get_site_root_paths() if page else ():
        if page.url_path.startswith(site.root_path):
            return page, page.url_path[len(site.root_path) - 1 :]
    raise Stuck(Trouble.WEB, "no contact page is published")


def over_http(submission_id: uuid.UUID) -> None:
    """Open the page, send its form, follow to the thanks. Raises Stuck, and NobodyListens."""
    _page, path = _contact_page()
    try:
        with closing(HTTPConnection("127.0.0.1", settings.PORT, timeout=SECONDS)) as line:
            form = _hidden_fields(line, path) | answers_of(submission_id)
            _send(line, path, form, mark.made_for(submission_id))
    except ConnectionRefusedError as error:
        raise NobodyListens(Trouble.WEB, type(error).__name__) from error
    except (OSError, HTTPException) as error:
        raise Stuck(Trouble.WEB, type(error).__name__) from error


class _Answer(NamedTuple):
    status: int
    location: str
    html: str


def _ask(
    line: HTTPConnection, method: str, path: str, body: str | None = None, **headers: str
) -> _Answer:
    """The answer to one request that looks as if the proxy in front of the site passed it on."""
    site = urlsplit(settings.SITE_URL)
    known = {"Host": site.netloc, "X-Forwarded-Proto": site.scheme}
    line.request(method, path, body, known | headers)
    with line.getresponse() as answer:
        html = answer.read().decode(errors="replace")
        return _Answer(answer.status, answer.getheader("Location", ""), html)


class _HiddenFields(HTMLParser):
    """Collects what a form carries by itself."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "input" and known.get("type") == "hidden":
            self.found[known.get("name") or ""] = known.get("value") or ""


def _hidden_fields(line: HTTPConnection, path: str) -> dict[str, str]:
    """What the form on the page carries by itself. Raises Stuck without it, and where another
    site answers: one that has not signed our stamp would take the test for a person's message."""
    page = _ask(line, "GET", path)
    fields = _HiddenFields(page.html).found
    if page.status != HTTPStatus.OK or "stamp" not in fields:
        raise Stuck(Trouble.WEB, f"HTTP {page.status}")
    if stamp_suspicion(fields["stamp"]) == Suspicion.NO_STAMP:
        raise Stuck(Trouble.WEB, f"another site answers at port {settings.PORT}")
    return fields


def _send(line: HTTPConnection, path: str, form: dict[str, str], signature: str) -> None:
    """Send the filled form. Raises Stuck unless the answer leads to a page that thanks for it."""
    headers = {"Content-Type": FORM_TYPE, mark.HEADER: signature}
    answer = _ask(line, "POST", path, urlencode(form), **headers)
    leads_on = re.search(r"[?]ref=(\w{4}-\w{4})", answer.location)
    if not leads_on:
        raise Stuck(Trouble.POST, f"HTTP {answer.status}")
    target = urlsplit(answer.location)
    thanks = _ask(line, "GET", f"{target.path}?{target.query}")
    if leads_on[1] not in thanks.html:
        raise Stuck(Trouble.POST, f"HTTP {thanks.status} for the thanks")


def in_this_process(submission_id: uuid.UUID) -> None:
    """Give the filled form to the code that takes it. Raises Stuck, and DatabaseError.

    That code takes 13 MB, which a clock beside a web server never needs.
    """
    from ..forms import ContactForm
    from ..intake import receive

    page, _path = _contact_page()
    form = ContactForm(
        {**ContactForm(topics=[], consent="").initial, **answers_of(submission_id)},
        topics=page.topic_labels,
        consent=page.consent,
    )
    try:
        prepare_keys()  # A process that lacks one must not begin to seal with another.
        if not form.is_valid():
            raise Stuck(Trouble.POST, "the form was not valid")
        receive(form, page, PracticeSettings.load(), Sender(is_rehearsal=True))
    except ImproperlyConfigured as error:
        raise Stuck(Trouble.KEYS, "a key is missing") from error
