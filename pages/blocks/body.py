"""The body of a page: which blocks there are, in the groups in which an editor looks for them."""

from typing import Any

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .evidence import BalanceBlock, EffectsBlock, NumberBlock, StudyBlock, SuitabilityBlock
from .facts import LatestArticlesBlock, PlaceBlock, PracticeDetailsBlock
from .links import CallToActionBlock, CardsBlock, CareBlock, CrisisBlock
from .media import FigureBlock
from .text import (
    CalloutBlock,
    HeadingBlock,
    KeyPointsBlock,
    QuestionsBlock,
    StepsBlock,
    TextBlock,
)

# In the order in which an editor meets them: the text, what it rests on, what to do with it.
TEXT = _("Text and images")
EVIDENCE = _("Benefits, risks and studies")
LEADING_ON = _("Help and next steps")
PRACTICE = _("About the practice")


class ArticleBody(blocks.StreamBlock):
    """What an article is made of."""

    heading = HeadingBlock(group=TEXT)
    text = TextBlock(group=TEXT)
    figure = FigureBlock(group=TEXT)
    key_points = KeyPointsBlock(group=TEXT)
    callout = CalloutBlock(group=TEXT)
    steps = StepsBlock(group=TEXT)
    questions = QuestionsBlock(group=TEXT)
    balance = BalanceBlock(group=EVIDENCE)
    number = NumberBlock(group=EVIDENCE)
    effects = EffectsBlock(group=EVIDENCE)
    study = StudyBlock(group=EVIDENCE)
    suitability = SuitabilityBlock(group=EVIDENCE)
    care = CareBlock(group=LEADING_ON)
    crisis = CrisisBlock(group=LEADING_ON)
    call_to_action = CallToActionBlock(group=LEADING_ON)

    def render_basic(self, value: blocks.StreamValue, context: Any = None) -> SafeString:
        """Each block in an element named after its kind; nothing of one that shows nothing."""
        shown = ((child.block_type, conditional_escape(child.render(context))) for child in value)
        parts = [f'<div class="block-{kind}">{html}</div>' for kind, html in shown if html.strip()]
        return mark_safe("\n".join(parts))  # noqa: S308 - all is escaped, or of our templates


class PageBody(ArticleBody):
    """What any other page is made of."""

    cards = CardsBlock(group=LEADING_ON)
    latest_articles = LatestArticlesBlock(group=LEADING_ON)
    practice_details = PracticeDetailsBlock(group=PRACTICE)
    place = PlaceBlock(group=PRACTICE)
