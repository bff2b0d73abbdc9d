"""The site without the pages that are kept in memory: every request wakes Django."""

from django.core.handlers.wsgi import WSGIHandler

import kapsite.wsgi  # noqa: F401 - It loads the apps and prepares the keys.

application = WSGIHandler()
