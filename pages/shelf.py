"""What is kept of published pages: ready to send, within bounds, made by one at a time."""

import hashlib
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, Generic, NamedTuple, TypeVar
from weakref import WeakValueDictionary

from .compression import BEST, SMALLEST, encode, encoding_for

# Browsers ask each time and mostly get "not modified"; a proxy may hold a page for a second.
FRESHNESS = "public, max-age=0, s-maxage=1, stale-while-revalidate=1, stale-if-error=86400"
# Each form in which an answer is sent has these of its own.
OWN_HEADERS = {"content-length", "etag", "vary"}
# A 304 leaves out what is about the body, after RFC 9110.
OF_THE_BODY = {"content-encoding", "content-language", "content-length", "content-type"}

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Value = TypeVar("Value")


class Sent(NamedTuple):
    """An answer in one encoding."""

    body: bytes
    tag: str
    headers: Headers
    unchanged: Headers  # Of the answer "not modified".


class Kept:
    """An answer, ready to send in each encoding."""

    def __init__(self, headers: Headers, body: bytes) -> None:
        self._headers = _with_freshness(headers)
        self._body = body
        # Whoever is told "not modified" goes on with the headers it has, so they count as well.
        self._tag = hashlib.sha256(repr(self._headers).encode() + body).hexdigest()[:24]
        self._sent: dict[str | None, Sent] = {}
        self._turn = threading.Lock()
        self._version: Hashable = None
        self._until = 0.0
        # Compressed, both encodings together take about half of what the text does.
        self.size = len(body) * 3 // 2

    def holds(self, version: Hashable) -> bool:
        """Whether it may be sent as it is."""
        return self._version == version and time.monotonic() < self._until

    def keep_on(self, version: Hashable, seconds: float) -> None:
        """Let it be sent so long, unless the site has another version before."""
        self._version, self._until = version, time.monotonic() + seconds

    def is_like(self, other: "Kept") -> bool:
        """Whether both would send the same."""
        return (self._headers, self._body) == (other._headers, other._body)

    def answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        """Send it, or "not modified" to whoever has it already."""
        sent = self._in(encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")))
        if sent.tag in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("304 Not Modified", sent.unchanged)
            return []
        start_response("200 OK", sent.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [sent.body]

    def _in(self, encoding: str | None) -> Sent:
        """The answer in an encoding, which is made when somebody first asks for it."""
        if encoding not in self._sent:
            with self._turn:
                if encoding not in self._sent:
                    self._sent[encoding] = self._encoded(encoding)
        return self._sent[encoding]

    def _encoded(self, encoding: str | None) -> Sent:
        body, tag, headers = self._body, f'"{self._tag}"', self._headers
        smaller = encode(body, encoding, BEST) if encoding and len(body) >= SMALLEST else body
        if encoding and len(smaller) < len(body):
            body, tag = smaller, f'"{self._tag}-{encoding}"'
            headers = [*headers, ("Content-Encoding", encoding)]
        headers = [*headers, ("ETag", tag), ("Vary", "Accept-Encoding")]
        unchanged = [line for line in headers if line[0].lower() not in OF_THE_BODY]
        return Sent(body, tag, [*headers, ("Content-Length", str(len(body)))], unchanged)


def _with_freshness(headers: Headers) -> Headers:
    """Django's headers without those of one form, and with a rule for proxies if there is none."""
    shared = [(name, value) for name, value in headers if name.lower() not in OWN_HEADERS]
    if any(name.lower() == "cache-control" for name, value in shared):
        return shared
    return [*shared, ("Cache-Control", FRESHNESS)]


class Shelf(Generic[Value]):
    """A place for so much and no more: what nobody has asked for longest makes room."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._values: OrderedDict[Hashable, tuple[Value, int]] = OrderedDict()
        self._turn = threading.Lock()

    def get(self, key: Hashable) -> Value | None:
        with self._turn:
            if key not in self._values:
                return None
            self._values.move_to_end(key)
            return self._values[key][0]

    def put(self, key: Hashable, value: Value, size: int = 1) -> None:
        """Put a value in, unless it takes more than the whole place."""
        self.remove(key)
        if size > self._most:
            return
        with self._turn:
            self._values[key] = value, size
            self._size += size
            while self._size > self._most:
                self._size -= self._values.popitem(last=False)[1][1]

    def remove(self, key: Hashable) -> None:
        with self._turn:
            self._size -= self._values.pop(key, (None, 0))[1]


class Lines:
    """A line for each key: whoever is first works, the others wait."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[Hashable, Any] = WeakValueDictionary()
        self._turn = threading.Lock()

    def of(self, key: Hashable) -> Any:
        """The lock of a key, which is there as long as somebody holds it or waits."""
        with self._turn:
            return self._locks.setdefault(key, threading.Lock())
