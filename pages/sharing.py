"""What a page shows of itself where somebody shares it."""

from django.conf import settings
from django.urls import reverse

from .models import PracticeSettings, SitePage
from .social_cards import Words


def words_of(page: SitePage, practice: PracticeSettings) -> Words:
    """What the card of `page` says."""
    return Words(title=page.card_title, topic=page.card_topic, practice=practice.name)


def card_address(page: SitePage, practice: PracticeSettings) -> str:
    """The full address of the page's social card, which changes with what the card says.

    Empty for a page that is not saved yet: it is only previewed.
    """
    if page.pk is None:
        return ""
    digest = words_of(page, practice).digest
    return settings.SITE_URL + reverse("social_card", args=[page.pk, digest])
