"""The site without the pages that are kept in memory: every request wakes Django.

It knows the version of the site as it does behind them, and so what only a change changes.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler

from kapsite.wsgi import version_of_site  # It loads the apps and prepares the keys.
from pages.cache import Version
from pages.known import VERSION

handler, version = WSGIHandler(), Version(version_of_site)


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """A WSGI application that keeps no page."""
    return handler(environ | {VERSION: version.present()}, start_response)
