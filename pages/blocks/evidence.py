"""Blocks that keep a claim and its limits together."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

from .text import CitedTextBlock


class BalanceBlock(blocks.StructBlock):
    """A benefit with its risk beside it; neither can stand without the other."""

    benefit = CitedTextBlock(label=_("What may help"))
    risk = CitedTextBlock(label=_("What to weigh"))

    class Meta:
        icon = "sliders"
        label = _("Benefit and risk")
        template = "blocks/balance.html"
        description = _("What may help, with what to weigh beside it. Neither stands alone.")
        preview_value = {
            "benefit": (
                "<p>In short trials about half of people felt much better within a day of one "
                "infusion.</p>"
            ),
            "risk": (
                "<p>So did up to a third on an active placebo. The benefit commonly fades within "
                "weeks, and this use is off-label.</p>"
            ),
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
        description = _("What can happen, how common it is and how long it lasts.")
        preview_value = {
            "caption": "Side effects after a session",
            "rows": [
                {
                    "effect": "Feeling detached from your body",
                    "how_common": "Among the commonest",
                    "how_long": "Mostly gone by an hour and a half",
                },
                {
                    "effect": "Nausea or dizziness",
                    "how_common": "Among the commonest",
                    "how_long": "Mostly gone by an hour and a half",
                },
                {
                    "effect": "Troubling thoughts or moods",
                    "how_common": "In some people",
                    "how_long": "Days to weeks",
                },
            ],
            "note": "<p>Name the source under the table.</p>",
        }


class NumberBlock(blocks.StructBlock):
    """How many out of how many: a share that nobody has to picture without its denominator."""

    part = blocks.IntegerBlock(label=_("How many"), min_value=0)
    whole = blocks.IntegerBlock(label=_("Out of how many"), min_value=1)
    words = CitedTextBlock(
        editor="short",
        label=_("What this counts"),
        help_text=_("Who was counted, when, and what the number does not say."),
    )

    class Meta:
        icon = "history"
        label = _("Number")
        template = "blocks/number.html"
        description = _("A number out of its total, drawn as a bar to scale.")
        preview_value = {
            "part": 7,
            "whole": 100,
            "words": "<p>people in one trial of esketamine stopped because of side effects.</p>",
        }

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["part"] > cleaned["whole"]:
            message = _("This cannot be more than the number that it is taken out of.")
            raise StructBlockValidationError({"part": ValidationError(message)})
        return cleaned


class StudyBlock(blocks.StructBlock):
    """A study in short, with its limits."""

    title = blocks.CharBlock(label=_("Short title"), max_length=120)
    design = blocks.CharBlock(label=_("Design"), max_length=200, required=False)
    people = blocks.CharBlock(label=_("People"), max_length=200, required=False)
    found = CitedTextBlock(label=_("What it found"))
    limits = CitedTextBlock(label=_("Its limits"))

    class Meta:
        icon = "clipboard-list"
        label = _("Study")
        template = "blocks/study.html"
        description = _("One study: who took part, what it found and, always, its limits.")
        preview_value = {
            "title": "Up to eight infusions, 2025",
            "design": "Random assignment, compared with midazolam",
            "people": "65 people in hospital with depression",
            "found": "<p>No significant difference between ketamine and midazolam.</p>",
            "limits": "<p>A small trial, of people in hospital. Others may fare differently.</p>",
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
        description = _("Two lists side by side: whom it may suit, and whom it may not.")
        preview_value = {
            "may": [
                "<p>two or more antidepressants have not helped enough</p>",
                "<p>you want to join medicine with talking therapy</p>",
            ],
            "may_not": [
                "<p>a past bleed in the brain, or an aneurysm</p>",
                "<p>pregnancy or breastfeeding</p>",
            ],
            "note": "<p>Neither list decides. Your clinician does, with you.</p>",
        }
