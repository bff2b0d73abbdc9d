"""Tags that the templates of pages and blocks use."""

from django import template
from django.http import Http404
from django.template.context import Context
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from ..anchors import anchor_of
from ..citations import without_citations
from ..sharing import card_address
from ..structured_data import things_of
from ..styles import style_sheet
from ..tree import SiteTree

register = template.Library()


register.simple_tag(style_sheet)
register.simple_tag(card_address, name="social_card")


@register.simple_tag(takes_context=True)
def cited(context: Context, text: RichText | str) -> SafeString:
    """A text with its citations numbered; without them where no page is around the block."""
    texts = context.get("texts")
    if isinstance(text, str):
        html = conditional_escape(text)
        return texts.citations.mark(html) if texts else mark_safe(without_citations(html))  # noqa: S308
    return texts.render(text) if texts else mark_safe(without_citations(str(text)))  # noqa: S308


@register.simple_tag
def back_to_citation(number: int) -> str:
    """What the way back from a source is called; a block to translate would cost ten times that."""
    return _("Back to where source %(number)s is cited") % {"number": number}


@register.filter
def anchor(text: str) -> str:
    """The `id` of a heading with these words."""
    return anchor_of(text)


@register.simple_tag(takes_context=True)
def structured_data(context: Context, page: Page) -> SafeString:
    """The page's schema.org description. `json_script` escapes what could end the element."""
    things = things_of(page, context["trail"], context["practice"])
    script = json_script(things if len(things) > 1 else things[0])
    return mark_safe(  # noqa: S308 - only the type changes
        script.replace('type="application/json"', 'type="application/ld+json"')
    )


@register.simple_tag(takes_context=True)
def site_tree(context: Context) -> SiteTree | None:
    """The pages for menu and footer; nothing before set-up, when there are none."""
    try:
        return context.get("site_tree") or SiteTree(context["request"])
    except Http404:
        return None
