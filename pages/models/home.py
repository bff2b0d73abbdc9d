"""The home page."""

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.url_routing import RouteResult

from ..blocks.body import PageBody
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
    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [
        BodyPage.content_panels[0],
        FieldPanel("heading"),
        *BodyPage.content_panels[1:],
        FieldPanel("body"),
    ]

    class Meta:
        verbose_name = _("home page")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Find the page below this one that the address means. Raises Http404."""
        if path_components:
            return route_below(self, request, path_components)
        return super().route(request, path_components)
