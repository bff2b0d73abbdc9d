"""Tags that the templates of pages and blocks use."""

from django import template
from django.http import Http404
from django.template.context import Context
from django.template.engine import Engine
from django.utils.html import conditional_escape, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from ..anchors import anchor_of
from ..citations import without_citations
from ..known import known
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


@register.simple_tag(takes_context=True)
def frame(context: Context, name: str) -> SafeString:
    """A part of what is around every page, rendered once for each version of the site.

    It may show what the practice's facts and the top of the tree say, and mark the page in hand
    where it is one of those; nothing else of the page, and nothing of the visitor.
    """
    page, tree = context.get("page"), context.get("site_tree")
    tops = {top.pk for top in (tree.home, *tree.pages)} if tree else set()
    here = page.pk if isinstance(page, Page) and page.pk in tops else "elsewhere"
    request = context.get("request")
    template = Engine.get_default().get_template(f"components/{name}.html")
    with context.push():
        if not request:  # A block that is shown without a page.
            return template.render(context)
        return known(request, f"{name} at {here}", lambda: template.render(context))
