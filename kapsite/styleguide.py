"""The living style page: every component as its real template draws it, while debug mode is on."""

import re
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from wagtail.blocks import Block

from contact.forms import ContactForm
from contact.models import ContactPage
from pages.blocks.body import PageBody
from pages.models import ArticlePage, PracticeSettings
from pages.styles import FOLDER
from pages.texts import PageTexts

COLOUR = re.compile(r"^ {4}(--[\w-]+): (#[0-9a-f]+);", re.MULTILINE)


def styleguide(request: HttpRequest) -> HttpResponse:
    """All components on one page. Raises Http404 unless debug mode is on."""
    if not settings.DEBUG:
        raise Http404
    practice = PracticeSettings.load(request_or_site=request)
    context = {
        "colours": dict(COLOUR.findall((FOLDER / "tokens.css").read_text().split("@media")[0])),
        "blocks": [_shown(block, practice) for block in PageBody().child_blocks.values()],
        "article": ArticlePage.objects.live().first(),
        "forms": _forms(),
    }
    return render(request, "styleguide.html", context)


def _shown(block: Block, practice: PracticeSettings) -> dict[str, Any]:
    """A block with its preview's value, as it stands in a page."""
    value = block.get_preview_value()
    context = {"texts": PageTexts([]), "practice": practice}
    return {
        "name": block.label,
        "class": f"block-{block.name}",
        "description": block.meta.description,
        "html": block.render(block.normalize(value), context),
    }


def _forms() -> list[ContactForm]:
    """The contact form as it is found, and as it comes back empty."""
    page = ContactPage.objects.first()
    asked = {"topics": page.topic_labels, "consent": page.consent} if page else {}
    asked = asked or {"topics": [], "consent": ""}
    found, back = ContactForm(**asked), ContactForm({}, **asked)
    back.is_valid()
    return [found, back]
