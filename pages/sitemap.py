"""The sitemap: every published page, with its canonical address."""

from typing import Any

from django.conf import settings
from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import SitemapIndexItem
from django.contrib.sitemaps.views import sitemap as sitemap_view
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet

from .visibility import open_to_all

MOST = 1_000  # Pages in a part. Of 50,000, as many as are allowed, each would take seconds.
FIELDS = ("url_path", "path", "depth", "locale", "last_published_at", "latest_revision_created_at")


class PageSitemap(Sitemap):
    """The pages in the order of the tree."""

    limit = MOST

    def items(self) -> PageQuerySet:
        home = Site.objects.select_related("root_page").get(is_default_site=True).root_page
        below = Page.objects.filter(path__range=(home.path, f"{home.path}Z"))
        return open_to_all(below).order_by("path").only(*FIELDS)

    def _urls(self, page: int, protocol: str, domain: str) -> list[dict[str, Any]]:
        """One part. The addresses are those of `SITE_URL`, whatever host was asked."""
        return [
            {
                "location": f"{settings.SITE_URL}{item.url}",
                "lastmod": item.last_published_at or item.latest_revision_created_at,
            }
            for item in self.paginator.page(page).object_list
        ]


def sitemap(request: HttpRequest) -> HttpResponse:
    """The pages, or the list of the parts where they are more than one part holds; `p` is a part.

    Raises Http404 for a part that is not there.
    """
    pages = PageSitemap()
    count = pages.paginator.num_pages
    if count == 1 or "p" in request.GET:
        return sitemap_view(request, {"pages": pages})
    address = f"{settings.SITE_URL}{request.path}"
    parts = [SitemapIndexItem(f"{address}?p={number}") for number in range(1, count + 1)]
    return TemplateResponse(
        request, "sitemap_index.xml", {"sitemaps": parts}, content_type="application/xml"
    )
