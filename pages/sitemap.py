"""The sitemap: every published page, with its canonical address."""

from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import Page


class PageSitemap(Sitemap):
    """Wagtail's sitemap as Django's sitemap view takes it: without a request of its own."""

    def location(self, obj: Page) -> str:
        return obj.specific.canonical_url()
