"""The least that a server can do: the bytes of one file, with the article's content type."""

import os
from pathlib import Path

BODY = Path(os.environ["HELLO_BODY"]).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]


def application(environ, start_response):
    """A WSGI application that answers everything with the same body."""
    start_response("200 OK", HEADERS)
    return [BODY]
