"""Blocks that keep a claim and its limits together."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .text import CitedTextBlock


class BalanceBlock(blocks.StructBlock):
    """A benefit with its risk beside it; neither can stand without the other."""

    benefit = CitedTextBlock(label=_("What may help"))
    risk = CitedTextBlock(label=_("What to weigh"))

    class Meta:
        icon = "view"
        label = _("Benefit and risk")
        template = "blocks/balance.html"
        description = _("A benefit and its risk, side by side.")
        preview_value = {
            "benefit": "<p>Some people feel better within a day.</p>",
            "risk": "<p>The effect often fades within weeks.</p>",
        }


class EffectBlock(blocks.StructBlock):
    """One row of the table of effects."""

    effect = blocks.CharBlock(label=_("Effect"), max_length=120)
    how_common = blocks.CharBlock(label=_("How common"), max_length=160)
    how_long = blocks.CharBlock(label=_("How long"), max_length=160)

    class Meta:
        icon = "table"
        label = _("Effect")


class EffectsBlock(blocks.StructBlock):
    """Side effects: what, how common, how long."""

    caption = blocks.CharBlock(label=_("Caption"), max_length=160)
    rows = blocks.ListBlock(EffectBlock(), label=_("Effects"), min_num=1)
    note = CitedTextBlock(editor="short", label=_("Note under the table"), required=False)

    class Meta:
        icon = "table"
        label = _("Table of side effects")
        template = "blocks/effects.html"
        description = _("A table of side effects with the source under it.")
        preview_value = {
            "caption": "Side effects",
            "rows": [{"effect": "Dizziness", "how_common": "Common", "how_long": "1 to 2 hours"}],
            "note": "",
        }


class StudyBlock(blocks.StructBlock):
    """A study in short, with its limits."""

    title = blocks.CharBlock(label=_("Short title"), max_length=120)
    design = blocks.CharBlock(label=_("Design"), max_length=200, required=False)
    people = blocks.CharBlock(label=_("People"), max_length=200, required=False)
    found = CitedTextBlock(label=_("What it found"))
    limits = CitedTextBlock(label=_("Its limits"))

    class Meta:
        icon = "doc-full-inverse"
        label = _("Study")
        template = "blocks/study.html"
        description = _("One study: design, people, finding and, always, its limits.")
        preview_value = {
            "title": "A trial of 67 people",
            "design": "Random assignment, compared with placebo",
            "people": "67 adults",
            "found": "<p>More people improved.</p>",
            "limits": "<p>It lasted four weeks.</p>",
        }


class SuitabilityBlock(blocks.StructBlock):
    """Whom a treatment may suit, and whom it may not."""

    may = blocks.ListBlock(
        CitedTextBlock(editor="short", label=_("Point")),
        label=_("It may be worth asking if"),
        min_num=1,
    )
    may_not = blocks.ListBlock(
        CitedTextBlock(editor="short", label=_("Point")),
        label=_("It may not be suitable with"),
        min_num=1,
    )
    note = CitedTextBlock(editor="short", label=_("Note"), required=False)

    class Meta:
        icon = "group"
        label = _("Who it may suit")
        template = "blocks/suitability.html"
        description = _("Two lists side by side: may suit, may not suit.")
        preview_value = {
            "may": ["<p>Two medicines have not helped.</p>"],
            "may_not": ["<p>High blood pressure that is not treated.</p>"],
            "note": "<p>A clinician decides with you.</p>",
        }
