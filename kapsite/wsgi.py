"""The WSGI application that gunicorn serves."""

import os
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connection, connections
from django.urls import get_resolver

if TYPE_CHECKING:
    from pages.cache import PublishedPages


def start() -> "WSGIHandler | PublishedPages":
    """The application, once no encryption key is missing. Raises ImproperlyConfigured."""
    handler = get_wsgi_application()
    # These know models, so the apps come first.
    from contact.keys import prepare_keys
    from pages.cache import PublishedPages

    prepare_keys()
    get_resolver().url_patterns  # noqa: B018 - All code is loaded before the fork, once for all.
    # Gunicorn forks after this, and no two processes may speak through one connection.
    connections.close_all()
    # Whoever works on the code wants to see the next page as it is now.
    return handler if settings.DEBUG else PublishedPages(handler, version_of_site)


def version_of_site() -> UUID | None:
    """What the pages in memory are compared with. No request of Django's minds this connection."""
    from pages.models import SiteVersion

    connection.close_if_unusable_or_obsolete()
    return SiteVersion.current()


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapsite.settings")
try:
    application = start()
except ImproperlyConfigured as error:
    # Of a RuntimeError, gunicorn shows the words and ends; of anything else, a traceback.
    raise RuntimeError(str(error)) from None
