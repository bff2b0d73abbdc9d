"""What the practice has to say itself: its facts, its reviews, its privacy pages."""

import zoneinfo

from django.db.models import Q
from django.utils import timezone

from pages.models import ArticlePage, PracticeSettings, StandardPage

from .findings import Hint, look

# What people must be able to read before they write; the starter content has both.
PRIVACY_PAGES = {"privacy": "Privacy", "consumer-health-data": "Consumer health data"}


@look(16, "Practice settings")
def _practice() -> Hint:
    practice = PracticeSettings.load()
    names = ("name", "phone", "reply_within_days")
    missing = [name.replace("_", " ") for name in names if not getattr(practice, name)]
    return f"Still empty in Settings > Practice: {', '.join(missing)}." if missing else ""


@look(17, "Time zone of the practice")
def _time_zone() -> Hint:
    try:
        zoneinfo.ZoneInfo(PracticeSettings.load().time_zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError):
        return (
            "Choose one in Settings > Practice. Without it, reply days are counted in UTC, and "
            "the promise is hours off."
        )
    return ""


@look(18, "Clinical review")
def _reviews() -> Hint:
    today = timezone.localdate(timezone=PracticeSettings.load().zone)
    lacking = ArticlePage.objects.live().filter(
        Q(reviewed_by=None) | Q(reviewed_on=None) | Q(next_review_on__lt=today)
    )
    count = lacking.count()
    return f"{count} published articles have no review that holds today." if count else ""


@look(19, "Privacy pages")
def _privacy_pages() -> Hint:
    there = set(StandardPage.objects.live().public().values_list("slug", flat=True))
    missing = [title for slug, title in PRIVACY_PAGES.items() if slug not in there]
    if not missing:
        return ""
    return f"Not published, or not for everybody: {', '.join(missing)}. Publish them again."


@look(20, "The practice's own words")
def _gaps() -> Hint:
    """Gaps that the starter content leaves on a page, in plain sight of visitors."""
    live = StandardPage.objects.live().order_by("path")
    titles = [page.title for page in live if any(b.block_type == "place" for b in page.body)]
    return f"Still to be written by the practice on: {', '.join(titles)}." if titles else ""
