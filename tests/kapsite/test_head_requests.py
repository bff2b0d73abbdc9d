"""A watchman asks with HEAD: the same headers, no body, and nothing in the log."""

from http.client import HTTPConnection
from pathlib import Path

import pytest

from tests.sites import free_port, make_site, own_environment, start, wait_for

PATHS = ["/", "/contact/", "/nothing-here/", "/robots.txt", "/static/img/favicon.svg", "/healthz"]

pytestmark = pytest.mark.once


def answer(port: int, method: str, path: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, dict(response.getheaders()), body


def test_head_is_answered_like_get_without_a_body_and_without_a_word_in_the_log(tmp_path: Path):
    site, port = make_site(tmp_path / "site"), free_port()
    with (tmp_path / "log").open("w") as log:
        environ = own_environment(site, PORT=str(port), WEB_CONCURRENCY="1")
        server = start(environ, stderr=log.fileno())
        try:
            wait_for(server, port)
            for path in PATHS:
                head = answer(port, "HEAD", path)  # First: what is kept then must be whole.
                get = answer(port, "GET", path)
                assert (head[0], head[2]) == (get[0], b"")
                assert get[2]
                assert head[1].get("Content-Length") == get[1].get("Content-Length"), path
        finally:
            server.terminate()
            server.wait()
    said = (tmp_path / "log").read_text()
    assert "Listening" in said
    assert "WARNING" not in said
    assert "body" not in said
