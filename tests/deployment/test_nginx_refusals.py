"""Whom the delivered nginx configuration refuses, and in which words."""

import socket
import ssl
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException, RemoteDisconnected

import pytest

from .nginx import MARKS, SOON

pytestmark = MARKS


@pytest.mark.parametrize(
    "path", ["/contact/", "/admin/login/", "/_util/authenticate_with_password/1/2/"]
)
def test_too_many_posts_are_refused_in_words(own_front, path):
    def post(n):
        return own_front.get(path, method="POST", body=b"a=b")

    answers = [post(n) for n in range(12)]
    refused = [answer for answer in answers if answer.status == 429]
    assert answers[0].status != 429
    assert b"Wait a minute" in refused[0].body
    assert b"988" in refused[0].body
    assert own_front.get("/contact/").status == 200


def test_forged_address_does_not_widen_the_limit(own_front):
    statuses = {
        own_front.get(
            "/contact/", method="POST", body=b"a=b", X_Forwarded_For=f"198.51.100.{n}"
        ).status
        for n in range(12)
    }
    assert 429 in statuses


def test_unknown_name_gets_nothing(front):
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        front.get_plain("/", host="evil.example")
    with pytest.raises((HTTPException, ssl.SSLError, ConnectionResetError)):
        front.get("/", name="evil.example")
    unknown = None
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        unknown = front.get("/", host="evil.example")
    assert unknown is None


@pytest.mark.parametrize(
    ("path", "size"),
    [("/contact/", 300_000), ("/admin/login/", 300_000), ("/admin/images/add/", 12_000_000)],
)
def test_body_that_is_too_large_is_refused_in_words(front, path, size):
    answer = front.get(path, method="POST", Content_Length=str(size), source="127.0.0.8")
    assert (answer.status, b"too large" in answer.body) == (413, True)


def own_answers_of_nginx(front):
    """Each kind of answer that nginx makes without the site."""
    return {
        403: front.get("/readyz", source="127.0.0.2"),
        400: front.get("/", Content_Length="many"),
        414: front.get("/" + "a" * 9000),
        494: front.get("/", X_Long="a" * 9000),
        413: front.get("/contact/", method="POST", Content_Length="300000", source="127.0.0.8"),
    }


def test_answers_of_nginx_itself_have_the_headers_of_the_site_and_help_for_a_crisis(front):
    of_the_site = front.ask_site("/not-there/").headers
    names = {
        *("strict-transport-security", "x-content-type-options", "x-frame-options"),
        *("referrer-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"),
        "permissions-policy",
    }
    wanted = {name: of_the_site[name] for name in names}
    for status, answer in own_answers_of_nginx(front).items():
        # nginx says 400 where a header is too long; 494 is its own word for it.
        assert answer.status == (400 if status == 494 else status)
        assert {name: answer.headers.get(name) for name in names} == wanted, status
        assert answer.headers["content-security-policy"].startswith("default-src 'none';")
        assert answer.headers["cache-control"] == "no-store"
        assert b"tel:988" in answer.body, status
        assert b"tel:911" in answer.body, status


def dribble(front, head: bytes, stop: threading.Event) -> float:
    """Send a request one byte a second; returns the seconds until nginx had enough of it."""
    context = ssl.create_default_context(cafile=front.folder / "fullchain.pem")
    raw = socket.create_connection(("127.0.0.1", front.tls), timeout=60)
    began = time.monotonic()
    with context.wrap_socket(raw, server_hostname="www.example.org") as line:
        try:
            line.sendall(head)
            while not stop.wait(1):
                line.sendall(b"a")
        except OSError:
            pass
    return time.monotonic() - began


def test_clients_that_are_slow_on_purpose_hold_nobody_up(own_front):
    """Sixty of them: more than the site has threads. None of them reaches it."""
    post = (
        b"POST /contact/ HTTP/1.1\r\nHost: www.example.org\r\n"
        b"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nmessage="
    )
    never_ending = b"GET / HTTP/1.1\r\nHost: www.example.org\r\nX-Slow: "
    stop = threading.Event()
    with ThreadPoolExecutor(60) as pool:
        slow = [pool.submit(dribble, own_front, head, stop) for head in [post, never_ending] * 30]
        time.sleep(2)
        try:
            for path in ("/contact/", "/healthz", "/library/?page=1"):
                began = time.monotonic()
                assert own_front.get(path).status == 200
                assert time.monotonic() - began < SOON
            # A header that does not end is ended after 10 s in all.
            time.sleep(12)
            assert sum(one.done() for one in slow) >= 30
            assert own_front.get("/contact/").status == 200
        finally:
            stop.set()


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_watchman_asks_from_this_machine_only(front, path):
    assert front.get(path).status == 200
    assert front.get(path, source="127.0.0.2").status == 403
