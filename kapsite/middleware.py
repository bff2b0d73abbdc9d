"""What stands in front of every request."""

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse


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
