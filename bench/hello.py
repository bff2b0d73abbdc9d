"""The least that a server can do: the bytes of one file, with the article's content type."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

BODY = Path(os.environ["HELLO_BODY"]).read_bytes()
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(BODY)))]
if encoding := os.environ.get("HELLO_ENCODING"):
    HEADERS.append(("Content-Encoding", encoding))


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """A WSGI application that answers everything with the same body."""
    start_response("200 OK", HEADERS)
    return [BODY]
