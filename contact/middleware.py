"""The last net under the contact form."""

import logging
from collections.abc import Callable

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse

from .unsent import not_reached

CONTACT_PATH = "/contact/"  # Which page stands there cannot be asked when the database is away.
logger = logging.getLogger(__name__)


class KeepWhatWasTyped:
    """Gives the filled form back to whoever sent it while the database was away.

    The page itself answers when a message cannot be stored; this is for when it cannot even be
    found, as on a full disk or with a database server that is down.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A filled form instead of the general error page, for this one address."""
        is_ours = request.method == "POST" and request.path == CONTACT_PATH
        if not is_ours or not isinstance(exception, DatabaseError | OSError):
            return None
        logger.error("The contact page could not be reached: %s", type(exception).__name__)
        return not_reached(request)
