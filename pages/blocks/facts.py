"""Blocks that show what stands elsewhere: the newest articles, the practice's own facts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from ..visibility import open_to_all


class LatestArticlesBlock(blocks.StructBlock):
    """The first articles of the library."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, default=_("Articles"))
    count = blocks.IntegerBlock(label=_("How many"), default=3, min_value=1, max_value=12)

    class Meta:
        icon = "folder-open-inverse"
        label = _("Articles of the library")
        template = "blocks/latest_articles.html"
        description = _("The first articles of the library, in its order.")
        preview_value = {"title": "Articles", "count": 3}

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        from ..models import ArticlePage

        context = super().get_context(value, parent_context)
        articles = (
            open_to_all(ArticlePage.objects.all()).order_by("path").select_related("topic", "image")
        )
        context["articles"] = articles.prefetch_related("image__renditions")[: value["count"]]
        return context


class PracticeDetailsBlock(blocks.StaticBlock):
    """Address, phone, hours and states served; what is empty shows nothing."""

    class Meta:
        icon = "home"
        label = _("Practice details")
        admin_text = _("Shows the facts of the practice's settings. What is empty shows nothing.")
        template = "blocks/practice_details.html"
        description = _("Address, phone, hours and states served, from the practice's settings.")

    def get_preview_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Made-up facts while the practice has set none, so that the preview shows something."""
        from ..models import PracticeSettings

        context = super().get_preview_context(value, parent_context)
        practice = PracticeSettings.load()
        if not (practice.phone or practice.has_address or practice.hours):
            practice = PracticeSettings(
                name=_("Example practice"),
                phone="503 555 0100",
                street_address="1 Example Street",
                city="Exampletown",
            )
        return context | {"practice": practice}


class PlaceBlock(blocks.StructBlock):
    """A gap that only the practice can fill, and says so on the page."""

    note = blocks.CharBlock(label=_("What belongs here"), max_length=300)

    class Meta:
        icon = "edit"
        label = _("Still to be written")
        template = "blocks/place.html"
        description = _("A visible gap: what the practice has to write before this page is whole.")
        preview_value = {"note": "What a visit costs, and which insurance you take."}
