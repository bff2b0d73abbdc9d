"""The home page."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from ..blocks.body import PageBody
from ..blocks.links import LinkBlock
from ..routing import route_below
from .base import BodyPage


class HomePage(BodyPage):
    """Who the practice is, what KAP is, where to go on. There is one, at the top of the tree."""

    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "pages/home_page.html"

    heading = models.CharField(
        _("heading"),
        max_length=120,
        blank=True,
        help_text=_("The large words at the top. The title is used while this is empty."),
    )
    links = StreamField(
        [("link", LinkBlock())],
        blank=True,
        max_num=2,
        verbose_name=_("buttons"),
        help_text=_("Up to two, under the large words. The first one stands out."),
    )
    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [
        BodyPage.content_panels[0],
        FieldPanel("heading"),
        *BodyPage.content_panels[1:],
        FieldPanel("links"),
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    @property
    def card_title(self) -> str:
        """The heading: the title is what menus call the page."""
        return self.heading or self.title

    def pages_at_hand(self) -> list[Page]:
        """Those that the buttons lead to."""
        pages = [block.value["page"] for block in self.links]
        return [page for page in pages if page and page.live]

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the buttons that lead somewhere: those to unpublished pages do not."""
        links = [block.value for block in self.links if block.value.href]
        return super().get_context(request, *args, **kwargs) | {"links": links}

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page below this one that the address means. Raises Http404."""
        if path_components:
            return route_below(self, request, path_components)
        return super().route(request, path_components)
