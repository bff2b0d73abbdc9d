"""The cookie in which a short notice for staff goes from one screen to the next."""

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage


class HostCookie(CookieStorage):
    """Django's, under a name that a browser takes from this host alone, over TLS alone."""

    cookie_name = "__Host-messages" if settings.IS_PUBLIC else "messages"


class Messages(FallbackStorage):
    """Django's default with that cookie. Not the session alone: signing out would begin a new one,
    only to say so."""

    storage_classes = (HostCookie, SessionStorage)
