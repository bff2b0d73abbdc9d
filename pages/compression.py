"""Pages as small as a browser takes them."""

import gzip
import re
from collections.abc import Callable
from functools import wraps

import brotli
from django.http import HttpRequest
from django.http.response import HttpResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers

# Brotli's fifth step: a tenth smaller than gzip at the cost of one millisecond. The steps that
# are better still take thirty and more, which is too long while somebody waits.
QUALITY = 5
SMALLEST = 200  # Bytes. Below this there is nothing to gain.
NOT_WANTED = re.compile(r";\s*q=0(\.0*)?\s*$")
ENCODINGS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda content: brotli.compress(content, quality=QUALITY),
    "gzip": lambda content: gzip.compress(content, compresslevel=6, mtime=0),
}


def encoding_for(accepted: str) -> str | None:
    """The best of our encodings that an `Accept-Encoding` header names, if it names one."""
    named = [part for part in accepted.lower().split(",") if not NOT_WANTED.search(part)]
    names = {part.partition(";")[0].strip() for part in named}
    return next((encoding for encoding in ENCODINGS if encoding in names), None)


def compressed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A view whose answer goes out in the best encoding that the browser takes."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            response = response.render()
        if len(response.content) < SMALLEST or response.has_header("Content-Encoding"):
            return response
        patch_vary_headers(response, ["Accept-Encoding"])
        encoding = encoding_for(request.headers.get("Accept-Encoding", ""))
        if encoding:
            response.content = ENCODINGS[encoding](response.content)
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Length"] = str(len(response.content))
        return response

    return answer
