"""The WSGI application that gunicorn serves."""

import os

from django.core.exceptions import ImproperlyConfigured
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections


def start() -> WSGIHandler:
    """The application, once no encryption key is missing. Raises ImproperlyConfigured."""
    handler = get_wsgi_application()
    from contact.keys import prepare_keys  # It knows models, so the apps come first.

    prepare_keys()
    # Gunicorn forks after this, and no two processes may speak through one connection.
    connections.close_all()
    return handler


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapsite.settings")
try:
    application = start()
except ImproperlyConfigured as error:
    # Of a RuntimeError, gunicorn shows the words and ends; of anything else, a traceback.
    raise RuntimeError(str(error)) from None
