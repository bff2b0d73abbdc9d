"""Pages that are not articles: about, fees, questions, privacy, crisis help."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from ..blocks.body import PageBody
from .base import BodyPage


class StandardPage(BodyPage):
    """A page built from blocks."""

    parent_page_types = ["pages.HomePage", "pages.StandardPage"]
    subpage_types = ["pages.StandardPage"]
    template = "pages/standard_page.html"

    body = StreamField(PageBody(), blank=True, verbose_name=_("body"))

    content_panels = [*BodyPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("standard page")
