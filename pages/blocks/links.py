"""Blocks that lead on: to another page, to the contact form, to crisis help."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .text import CitedTextBlock


class LinkValue(blocks.StructValue):
    @property
    def href(self) -> str:
        """Where the link leads: the page's address while it is published, else the other one."""
        page = self.get("page")
        return page.url if page and page.live else self.get("url") or ""


class LinkBlock(blocks.StructBlock):
    """A page of this site or an address elsewhere, exactly one of them."""

    label = blocks.CharBlock(label=_("Words of the link"), max_length=80)
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    url = blocks.URLBlock(label=_("or an address elsewhere"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")
        value_class = LinkValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if bool(cleaned["page"]) == bool(cleaned["url"]):
            message = _("Choose a page or write an address, one of the two.")
            raise StructBlockValidationError({"page": ValidationError(message)})
        return cleaned


class CallToActionBlock(blocks.StructBlock):
    """One calm invitation at the end of a page."""

    heading = blocks.CharBlock(label=_("Heading"), max_length=120)
    text = CitedTextBlock(editor="short", label=_("Text"), required=False)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "mail"
        label = _("Invitation")
        template = "blocks/call_to_action.html"
        description = _("A calm last word with one button. Use it once, at the end of a page.")
        preview_value = {
            "heading": "Is something still unclear?",
            "text": "<p>You can write to us. Asking decides nothing.</p>",
            "link": {"label": "Contact us", "url": "https://example.org/"},
        }


class CardBlock(blocks.StructBlock):
    """A page with a sentence on what is there."""

    text = blocks.CharBlock(label=_("What is there"), max_length=200, required=False)
    link = LinkBlock(label=_("Link"))

    class Meta:
        icon = "doc-empty"
        label = _("Card")


class CardsBlock(blocks.StructBlock):
    """Cards that lead to other pages."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    cards = blocks.ListBlock(CardBlock(), label=_("Cards"), min_num=1)

    class Meta:
        icon = "grid"
        label = _("Links as cards")
        template = "blocks/cards.html"
        description = _("Other pages side by side, each with a line on what is there.")
        preview_value = {
            "title": "Read on",
            "cards": [
                {"text": text, "link": {"label": label, "url": "https://example.org/"}}
                for label, text in (
                    ("What to expect", "A visit from the first question to the way home."),
                    ("Fees and insurance", "What a visit costs, and what may be paid for."),
                    ("Common questions", "Short answers, with their sources."),
                )
            ],
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the cards that lead somewhere: those of unpublished pages do not."""
        context = super().get_context(value, parent_context)
        return context | {"cards": [card for card in value["cards"] if card["link"].href]}


class CrisisBlock(blocks.StaticBlock):
    """The practice's crisis lines, in the flow of the text."""

    class Meta:
        icon = "warning"
        label = _("Crisis help")
        admin_text = _("Shows the crisis lines of the practice's settings.")
        template = "blocks/crisis.html"
        description = _("The crisis lines, for the place where a text speaks of suicide.")


class CareBlock(blocks.StructBlock):
    """When to get help, and how soon: the words for it come before the reasons."""

    URGENCIES = [
        ("soon", _("Tell your clinician")),
        ("today", _("Get advice the same day")),
        ("now", _("Get help now: call 911")),
    ]

    urgency = blocks.ChoiceBlock(choices=URGENCIES, default="soon", label=_("How soon"))
    title = blocks.CharBlock(label=_("When"), max_length=120)
    text = CitedTextBlock(label=_("Signs, and what to do"))

    class Meta:
        icon = "circle-check"
        label = _("When to get help")
        template = "blocks/care.html"
        description = _("Signs to watch for, and how soon somebody should get help with them.")
        preview_value = {
            "urgency": "now",
            "title": "Somebody is hard to wake or breathes slowly",
            "text": "<p>Call 911. Stay with them until help comes.</p>",
        }

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        """Adds the urgency in words, which the colour only repeats."""
        context = super().get_context(value, parent_context)
        return context | {"how_soon": dict(self.URGENCIES)[value["urgency"]]}
