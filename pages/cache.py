"""Published pages out of memory, before Django wakes.

What is the same for everybody is made once and kept, ready to send: a page, a drawing, the feed. A
view says so with `publish`, which also takes away from the request what is one visitor's own; so
nothing personal can get into what is kept. Whoever has one of our cookies passes by.

What is kept belongs to a version of the site (`pages.changes`). Each process asks the database for
the present one twice a second, so that a change and the time to make a page anew fit into a second.
While the database is away, what is kept goes on being served.
"""

import logging
import threading
import time
from collections.abc import Callable, Hashable, Iterable
from contextlib import AbstractContextManager, nullcontext
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import Error
from django.http import HttpRequest, QueryDict

from .known import VERSION
from .shelf import Environ, Headers, Kept, Lines, Shelf, StartResponse

MOST_BYTES = 24 * 1024 * 1024  # In each process; some 250 articles.
MOST_OF_ADDRESSES = 1_000_000  # Characters, twice: what is known of pages besides.
LONGEST = 300.0  # Seconds. A page may name a day ("review due"), and a day ends without a change.
AFTER_FAILURE = 10.0  # Seconds until Django is asked again for a page that it could not make.
LOOK_EVERY = 0.5  # Seconds between two looks at the version, and after one that failed:
LOOK_AFTER_FAILURE = 5.0

FOR_EVERYBODY = "kapsite.for_everybody"  # In the WSGI environment: the answer may be kept.
PUBLISHED = "kapsite.published"  # There, too: the query keys that the answer depends on.
NEEDED = {"HTTP_HOST", "HTTP_X_FORWARDED_PROTO"}
OUR_COOKIES = (settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, "messages")

Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Address = tuple[str | None, ...]

logger = logging.getLogger(__name__)


def publish(request: HttpRequest, *query_keys: str) -> None:
    """Say that the answer is the same for everybody, and depends on these keys of the query only.

    From here on the request has nothing else that differs between visitors. Has no effect where
    the answer will not be kept.
    """
    environ = request.META
    if FOR_EVERYBODY not in environ:
        return
    query = declared(environ.get("QUERY_STRING", ""), query_keys)
    for name in [name for name in environ if name.startswith("HTTP_") and name not in NEEDED]:
        del environ[name]
    environ |= {"QUERY_STRING": query, PUBLISHED: query_keys}
    vars(request).pop("headers", None)  # They are read anew from what is left.
    vars(request).update(COOKIES={}, GET=QueryDict(query), user=AnonymousUser())


class PublishedPages:
    """A WSGI application that stands in front of Django's and keeps what it publishes."""

    def __init__(self, application: Application, look: Callable[[], Hashable]) -> None:
        """`look` asks the database for the present version of the site."""
        self._application = application
        self._version = Version(look)
        self._kept: Shelf[Kept] = Shelf(MOST_BYTES)
        self._query_keys: Shelf[tuple[str, ...]] = Shelf(MOST_OF_ADDRESSES)
        self._never_kept: Shelf[bool] = Shelf(MOST_OF_ADDRESSES)
        self._lines = Lines()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if has_our_cookie(environ):
            return self._application(environ, start_response)
        environ[VERSION] = self._version.present()
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._application(environ, start_response)
        address = address_of(environ)
        query = self._query_of(address, environ)
        kept = self._present(address, query)
        if kept is None:
            with self._line(address, query):
                kept = self._present(address, query)  # From whoever was first in line.
                if kept is None:
                    return self._ask(address, query, environ, start_response)
        return kept.answer(environ, start_response)

    def _query_of(self, address: Address, environ: Environ) -> str:
        query = environ.get("QUERY_STRING", "")
        keys = self._query_keys.get(address) if query else None
        return query if keys is None else declared(query, keys)

    def _present(self, address: Address, query: str) -> "Kept | None":
        kept = self._kept.get((address, query))
        return kept if kept and kept.holds(self._version.present()) else None

    def _line(self, address: Address, query: str) -> AbstractContextManager[Any]:
        """Where those wait who want the same page, unless there is nothing to wait for."""
        if self._never_kept.get(address):
            return nullcontext()
        return self._lines.of((address, query))

    def _ask(
        self, address: Address, query: str, environ: Environ, start_response: StartResponse
    ) -> Iterable[bytes]:
        """Django's answer, which is kept if it may be. Where Django fails, what is kept."""
        for_everybody = environ | {FOR_EVERYBODY: True}
        answer = Answer(self._application, for_everybody)
        keys = for_everybody.get(PUBLISHED)
        old = self._kept.get((address, query))
        if keys is not None and answer.may_be_kept():
            kept = Kept(answer.headers, answer.read())
            if old and old.is_like(kept):
                kept = old  # It is compressed already.
            kept.keep_on(environ[VERSION], LONGEST)  # What it was made from may be no newer.
            self._query_keys.put(address, keys, _length(address))
            self._never_kept.remove(address)
            self._kept.put((address, for_everybody["QUERY_STRING"]), kept, kept.size)
            return kept.answer(environ, start_response)
        if old and answer.failed():
            answer.close()
            old.keep_on(self._version.present(), AFTER_FAILURE)
            return old.answer(environ, start_response)
        self._kept.remove((address, query))
        if keys is None and not answer.failed():
            self._never_kept.put(address, True, _length(address))
        start_response(answer.status, answer.headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            answer.close()  # What was made to be kept came with its body.
            return []
        return answer.body


def has_our_cookie(environ: Environ) -> bool:
    """Whether the answer may be for one visitor.

    A cookie that only looks like one of ours counts as well; that costs no more than time.
    """
    cookies = environ.get("HTTP_COOKIE", "")
    return any(name in cookies for name in OUR_COOKIES)


def address_of(environ: Environ) -> Address:
    """What names a page: scheme, host and path, without the query."""
    get = environ.get
    return (
        get("wsgi.url_scheme"),
        get("HTTP_X_FORWARDED_PROTO"),
        get("HTTP_HOST"),
        get("PATH_INFO"),
    )


def _length(address: Address) -> int:
    """How many characters it takes to remember an address."""
    return sum(len(part or "") for part in address)


def declared(query: str, keys: tuple[str, ...]) -> str:
    """The part of a query that a page depends on, always in the same form."""
    if not query or not keys:
        return ""
    values = parse_qs(query, keep_blank_values=True)
    return urlencode([(key, values[key][-1]) for key in keys if key in values])


class Version:
    """The version of the site as this process knows it."""

    def __init__(self, look: Callable[[], Hashable]) -> None:
        self._look = look
        self._seen: Hashable = None
        self._next_look = 0.0
        self._turn = threading.Lock()

    def present(self) -> Hashable:
        """The version, at most half a second old while the database answers.

        One thread asks; the others go on with what is known.
        """
        if time.monotonic() >= self._next_look and self._turn.acquire(blocking=False):
            try:
                self._next_look = time.monotonic() + self._ask()
            finally:
                self._turn.release()
        return self._seen

    def _ask(self) -> float:
        """Ask the database. Returns how many seconds to wait before the next time."""
        try:
            self._seen = self._look()
        except Error as error:
            logger.warning("The site version cannot be read: %s", type(error).__name__)
            return LOOK_AFTER_FAILURE
        return LOOK_EVERY


class Answer:
    """What Django answers, up to its body."""

    def __init__(self, application: Application, environ: Environ) -> None:
        self.status = ""
        self.headers: Headers = []
        self.body = application(environ, self._start)

    def _start(self, status: str, headers: Headers, *args: Any) -> None:
        self.status, self.headers = status, headers

    def failed(self) -> bool:
        """Whether Django could not make the page."""
        return self.status.startswith("5")

    def may_be_kept(self) -> bool:
        """Whether nothing in the answer speaks against it."""
        headers = {name.lower(): value.lower() for name, value in self.headers}
        freshness = headers.get("cache-control", "")
        return (
            self.status.startswith("200")
            and headers.keys().isdisjoint({"set-cookie", "content-encoding"})
            and headers.get("vary", "accept-encoding") == "accept-encoding"
            and not any(word in freshness for word in ("private", "no-store", "no-cache"))
        )

    def read(self) -> bytes:
        """The whole body."""
        try:
            return b"".join(self.body)
        finally:
            self.close()

    def close(self) -> None:
        """End the request; Django gives its resources back."""
        if hasattr(self.body, "close"):
            self.body.close()
