"""What nobody's browser sends gets the right refusal, and the log keeps quiet about the sender."""

import contextlib
import socket
from collections.abc import Iterator

import pytest

from .checkout import Checkout, Run

pytestmark = pytest.mark.deployment

PRIVATE = "jane-doe-private"
HOST = b"Host: 127.0.0.1\r\n"
TEN_MEGABYTES = b"a" * (10 * 1024 * 1024)
REQUESTS = {
    "a query string of 10 MB": b"GET /?q=" + TEN_MEGABYTES + b" HTTP/1.1\r\n" + HOST,
    "a header of 10 MB": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: " + TEN_MEGABYTES + b"\r\n",
    "ten thousand headers": b"GET / HTTP/1.1\r\n" + HOST + b"X-A: b\r\n" * 10_000,
    "an unknown address": b"GET /jane-doe-private/ HTTP/1.1\r\n" + HOST,
    "a path that is not UTF-8": b"GET /%ff%fe/ HTTP/1.1\r\n" + HOST,
    "a NUL byte": b"GET /search/?q=%00jane-doe-private HTTP/1.1\r\n" + HOST,
    "raw bytes": b"GET /\xff\xfe/?q=jane-doe-private HTTP/1.1\r\n" + HOST,
    "a header that is none": b"GET / HTTP/1.1\r\n" + HOST + b"jane-doe-private\r\n",
    "a method for coffee": b"BREW / HTTP/1.1\r\n" + HOST,
    "a method in small letters": b"get /?q=jane-doe-private HTTP/1.1\r\n" + HOST,
    "a method that a page has no use for": b"DELETE /contact/ HTTP/1.1\r\n" + HOST,
    "a foreign host": b"GET /?q=jane-doe-private HTTP/1.1\r\nHost: jane-doe-private.test\r\n",
    "a host that is none": b"GET / HTTP/1.1\r\nHost: jane-doe-private/@:x\r\n",
    "two lengths": b"POST /contact/ HTTP/1.1\r\n"
    + HOST
    + b"Content-Length: 1\r\nContent-Length: 2\r\n",
    "no HTTP at all": b"jane-doe-private",
}


@pytest.fixture(scope="module")
def site(installed_once: Checkout) -> Iterator[tuple[Checkout, Run]]:
    """A running site."""
    with installed_once.serve() as run:
        yield installed_once, run


def status_of(port: int, request: bytes) -> int:
    """Send the bytes as they are, and read the status even if the server stops listening."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as connection:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(request + b"Connection: close\r\n\r\n")
        answer = connection.recv(64)
    return int(answer.split()[1])


@pytest.mark.parametrize("request_bytes", REQUESTS.values(), ids=REQUESTS.keys())
def test_it_is_refused_and_nothing_private_is_logged(
    site: tuple[Checkout, Run], request_bytes: bytes
) -> None:
    checkout, run = site
    assert 400 <= status_of(checkout.port, request_bytes) < 500
    assert "Traceback" not in run.said
    assert PRIVATE not in run.said
    assert "from ip=" not in run.said
    assert "<h1" in checkout.fetch("/"), "The site goes on."
