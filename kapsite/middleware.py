"""What stands in front of every request."""

import re
import uuid
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from pages.cache import PUBLISHED

from .logs import request_id

HEADER = "X-Request-ID"


class NumberRequests:
    """Gives each request an id, which stands in its log lines and in its answer.

    A proxy of ours may have given it one already. A page that is kept for everybody carries none:
    it would be somebody else's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "") if settings.TRUSTED_PROXIES else ""
        is_one = re.fullmatch("[0-9a-zA-Z-]{8,64}", given)
        token = request_id.set(given if is_one else uuid.uuid4().hex)
        try:
            response = self.get_response(request)
            if PUBLISHED not in request.META:
                response[HEADER] = request_id.get()
        finally:
            request_id.reset(token)
        return response


class RefuseUnreadableRequests:
    """Answers 400 to a path or query that no database can hold or compare.

    A NUL byte or a lone surrogate reaches PostgreSQL as an error, not as "not found"; the honest
    answer is that the address is wrong.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        texts = [request.path, *request.GET, *(v for _, vs in request.GET.lists() for v in vs)]
        if any("\x00" in text or "\ufffd" in text for text in texts):
            raise BadRequest("The address holds characters that cannot be read.")
        return self.get_response(request)
