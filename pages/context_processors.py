"""What every page's frame needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .models import PracticeSettings


def site(request: HttpRequest) -> dict[str, Any]:
    """The address of the site, and the practice's facts, fetched when a template first asks."""
    practice = SimpleLazyObject(lambda: PracticeSettings.of(request))
    return {"practice": practice, "site_url": settings.SITE_URL}
