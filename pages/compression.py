"""Pages as small as a browser takes them."""

import gzip
import re
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

# Brotli's fifth step takes a millisecond or two for a page. The eleventh makes it a tenth smaller
# still, but takes seventy: it pays where the same bytes go out again.
QUICK, BEST = 5, 11
SMALLEST = 200  # Bytes. Below this there is nothing to gain.
PAGES_KEPT = 64  # In each process: with what it was made from, some 70 KB a page.
NOT_WANTED = re.compile(r";\s*q=0(\.0*)?\s*$")

View = Callable[..., HttpResponse]


def compressed(view: View) -> View:
    """A view whose answer goes out in the best encoding that the browser takes.

    A page that looks the same to everybody is compressed once, as far as it goes.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response = response.render()
        if len(response.content) >= SMALLEST and not response.has_header("Content-Encoding"):
            patch_vary_headers(response, ["Accept-Encoding"])
            _compress(request, response)
        return response

    return answer


def encoding_for(accepted: str) -> str | None:
    """The best of our encodings that an `Accept-Encoding` header names: `br`, `gzip` or None."""
    named = [part for part in accepted.lower().split(",") if not NOT_WANTED.search(part)]
    names = {part.partition(";")[0].strip() for part in named}
    return next((encoding for encoding in ("br", "gzip") if encoding in names), None)


def _compress(request: HttpRequest, response: HttpResponse) -> None:
    encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
    if encoding:
        encode = _encoded if _is_personal(request, response) else _encoded_once
        response.content = encode(response.content, encoding)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))


def _is_personal(request: HttpRequest, response: HttpResponse) -> bool:
    """Whether an answer may hold what belongs to one visitor, or answers what somebody typed."""
    forbidden = "no-store" in response.headers.get("Cache-Control", "")
    has_token = "CSRF_COOKIE" in request.META
    return bool(request.COOKIES or request.GET or response.cookies or has_token or forbidden)


def _encoded(content: bytes, encoding: str, quality: int = QUICK) -> bytes:
    if encoding == "br":
        return brotli.compress(content, quality=quality)
    return gzip.compress(content, compresslevel=min(quality, 9), mtime=0)


@lru_cache(maxsize=PAGES_KEPT)
def _encoded_once(content: bytes, encoding: str) -> bytes:
    return _encoded(content, encoding, BEST)
