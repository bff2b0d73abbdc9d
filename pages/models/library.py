"""The library: the index of all articles."""

from typing import Any

from django.core.paginator import Page as PageOfResults
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from ..visibility import open_to_all
from .article import ArticlePage
from .base import SitePage
from .classification import Topic

ARTICLES_PER_PAGE = 12
# A hundred pages. Counting more takes longer than anybody would leaf; there are topics and search.
MOST_ARTICLES = 1_200


class LibraryPage(SitePage):
    """All articles in the order of the page tree, which can be narrowed to one topic."""

    parent_page_types = ["pages.HomePage"]
    subpage_types = ["pages.ArticlePage"]
    max_count = 1
    query_keys = ("topic", "page")
    template = "pages/library_page.html"

    class Meta:
        verbose_name = _("library")

    def articles(self, topic: Topic | None = None) -> QuerySet[ArticlePage]:
        """The published articles in reading order, of one topic if one is given."""
        articles = open_to_all(self._articles()).order_by("path")
        articles = articles.select_related("topic", "image").prefetch_related("image__renditions")
        return articles.filter(topic=topic) if topic else articles

    def topics(self) -> QuerySet[Topic]:
        """The topics that have a published article."""
        return Topic.objects.filter(
            Exists(open_to_all(self._articles().filter(topic=OuterRef("pk"))))
        )

    def _articles(self) -> PageQuerySet:
        """The pages right below, by a range of paths: SQLite finds no beginning in an index."""
        paths = self._get_children_path_interval(self.path)
        return ArticlePage.objects.filter(depth=self.depth + 1, path__range=paths)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds one page of articles. Raises Http404 for a topic or page that is not there."""
        topics = list(self.topics())
        topic = _chosen(topics, request.GET.get("topic", ""))
        articles = _page_of(self.articles(topic)[:MOST_ARTICLES], request.GET.get("page", "1"))
        return super().get_context(request, *args, **kwargs) | {
            "topics": topics,
            "topic": topic,
            "articles": articles,
            "is_cut": articles.paginator.count == MOST_ARTICLES,
        }


def _chosen(topics: list[Topic], slug: str) -> Topic | None:
    if not slug:
        return None
    for topic in topics:
        if topic.slug == slug:
            return topic
    raise Http404


def _page_of(articles: QuerySet[ArticlePage], number: str) -> PageOfResults:
    paginator = Paginator(articles, ARTICLES_PER_PAGE)
    if not number.isascii() or not number.isdigit() or int(number[:9]) not in paginator.page_range:
        raise Http404
    return paginator.page(int(number[:9]))
