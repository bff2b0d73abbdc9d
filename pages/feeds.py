"""A feed of the library, for people who follow it and for other sites."""

import re
from datetime import datetime

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext_lazy as _

from .models import ArticlePage, PracticeSettings
from .visibility import open_to_all

LATEST = 20
CONTROL_CHARACTERS = re.compile(r"[\x00-\x1f\x7f]")  # XML has no way to write most of them.


class LibraryFeed(Feed):
    """The articles published last, newest first."""

    feed_type = Atom1Feed
    link = "/library/"
    subtitle = _("Articles about ketamine-assisted psychotherapy.")

    def title(self) -> str:
        return PracticeSettings.load().name or str(_("Library"))

    def items(self) -> QuerySet[ArticlePage]:
        articles = open_to_all(ArticlePage.objects.all())
        return articles.order_by("-first_published_at")[:LATEST]

    def item_title(self, item: ArticlePage) -> str:
        return CONTROL_CHARACTERS.sub(" ", item.title)

    def item_description(self, item: ArticlePage) -> str:
        return CONTROL_CHARACTERS.sub(" ", item.standfirst)

    def item_link(self, item: ArticlePage) -> str:
        return item.canonical_url()

    def item_pubdate(self, item: ArticlePage) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: ArticlePage) -> datetime | None:
        return item.last_published_at

    def get_feed(self, obj: None, request: HttpRequest) -> SyndicationFeed:
        # The sites framework is not installed: addresses come from SITE_URL alone.
        feed = super().get_feed(obj, request)
        feed.feed["link"] = feed.feed["id"] = settings.SITE_URL + self.link
        feed.feed["feed_url"] = settings.SITE_URL + request.path
        return feed
