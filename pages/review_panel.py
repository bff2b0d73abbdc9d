"""Articles whose clinical review is missing or runs out soon, on the first page of the admin."""

import datetime
from collections.abc import Mapping
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.ui.components import Component
from wagtail.permissions import page_permission_policy

from .models import ArticlePage

# Long enough before the day for a busy clinician to find an evening.
AHEAD = datetime.timedelta(days=60)
MOST_SHOWN = 10


def articles_to_review(today: datetime.date) -> QuerySet[ArticlePage]:
    """Published articles without a review, then those whose review ends within 60 days."""
    unreviewed = Q(reviewed_by=None) | Q(reviewed_on=None)
    rows = ArticlePage.objects.live().filter(unreviewed | Q(next_review_on__lte=today + AHEAD))
    return rows.order_by(F("next_review_on").asc(nulls_first=True), "title")


class ArticlesToReviewPanel(Component):
    """A short list with links, for whoever may edit the articles."""

    order = 230
    template_name = "wagtailadmin/home/articles_to_review.html"

    def __init__(self, user: Any) -> None:
        self.user = user

    @cached_property
    def today(self) -> datetime.date:
        return timezone.localdate()

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        own = page_permission_policy.instances_user_has_permission_for(self.user, "change")
        rows = articles_to_review(self.today).filter(pk__in=own.values("pk"))
        return {"articles": list(rows[:MOST_SHOWN]), "today": self.today}
