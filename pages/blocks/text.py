"""Text that an article is made of: headings, paragraphs, lists of points, callouts."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from ..citations import cited_keys, without_citations


class CitedTextBlock(blocks.RichTextBlock):
    """Rich text in which `[@key]` cites a source."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("editor", "default")
        super().__init__(**kwargs)

    def get_searchable_content(self, value: RichText) -> list[str]:
        return [without_citations(text) for text in super().get_searchable_content(value)]

    def extract_references(self, value: RichText) -> Iterator[tuple]:
        """Besides links and images, the cited sources: so a source knows where it is used."""
        from ..models import Source

        yield from super().extract_references(value)
        keys = cited_keys(value.source)
        if keys:
            for pk in Source.objects.filter(key__in=keys).values_list("pk", flat=True):
                yield Source, str(pk), "", ""


class HeadingBlock(blocks.StructBlock):
    """A heading that the contents list leads to."""

    text = blocks.CharBlock(label=_("Text"), max_length=120)
    level = blocks.ChoiceBlock(
        choices=[("2", _("Section")), ("3", _("Part of a section"))],
        default="2",
        label=_("Level"),
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        template = "blocks/heading.html"
        description = _("Begins a section. An article lists its sections for readers to jump to.")
        preview_value = {"text": "What a session is like", "level": "2"}


class TextBlock(CitedTextBlock):
    """Paragraphs and lists."""

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        template = "blocks/text.html"
        description = _("Paragraphs, lists and links. To cite a source, write [@its-key].")
        preview_value = (
            "<p>A visit has four parts. The <b>first</b> is about questions only.</p>"
            "<ul><li>Screening: questions about your health</li>"
            "<li>Preparation: your goals, and your way home</li></ul>"
        )


class KeyPointsBlock(blocks.StructBlock):
    """What somebody should know who reads nothing else."""

    title = blocks.CharBlock(label=_("Title"), max_length=80, default=_("Key points"))
    points = blocks.ListBlock(
        CitedTextBlock(editor="short", label=_("Point")), label=_("Points"), min_num=1
    )

    class Meta:
        icon = "list-ul"
        label = _("Key points")
        template = "blocks/key_points.html"
        description = _("The three to five things to know for who reads nothing else.")
        preview_value = {
            "title": "Key points",
            "points": [
                "<p>Ketamine is an approved anesthetic. Using it for depression is off-label.</p>",
                "<p>Most side effects pass within hours. Some last longer.</p>",
                "<p>A clinician decides with you whether it may suit you.</p>",
            ],
        }


class CalloutBlock(blocks.StructBlock):
    """Something to notice beside the text."""

    tone = blocks.ChoiceBlock(
        choices=[("note", _("Note")), ("caution", _("Caution"))], default="note", label=_("Tone")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=120)
    text = CitedTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Note or caution")
        template = "blocks/callout.html"
        description = _("A short remark in a frame. Keep cautions for what could harm somebody.")
        preview_value = {
            "tone": "caution",
            "title": "Before you drive",
            "text": "<p>Wait until the next day, after you have slept.</p>",
        }


class StepBlock(blocks.StructBlock):
    """One step of several."""

    title = blocks.CharBlock(label=_("Title"), max_length=120)
    when = blocks.CharBlock(label=_("When, or how long"), max_length=80, required=False)
    text = CitedTextBlock(label=_("Text"))

    class Meta:
        icon = "order"
        label = _("Step")


class StepsBlock(blocks.StructBlock):
    """Steps in order, such as the course of a session."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    steps = blocks.ListBlock(StepBlock(), label=_("Steps"), min_num=1)

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        template = "blocks/steps.html"
        description = _("What happens, in its order; each step with a time if you like.")
        preview_value = {
            "title": "The course of a visit",
            "steps": [
                {
                    "title": "Screening",
                    "when": "Before anything else",
                    "text": "<p>Questions about your health, and time for yours.</p>",
                },
                {
                    "title": "Medicine session",
                    "when": "2 to 3 hours",
                    "text": "<p>A clinician stays with you and checks your blood pressure.</p>",
                },
                {
                    "title": "Integration",
                    "when": "In the days after",
                    "text": "<p>You talk about what came up, and what to do with it.</p>",
                },
            ],
        }


class QuestionBlock(blocks.StructBlock):
    """A question and its answer."""

    question = blocks.CharBlock(label=_("Question"), max_length=200)
    answer = CitedTextBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label = _("Question")


class QuestionsBlock(blocks.StructBlock):
    """Questions that people ask, each opening to its answer."""

    title = blocks.CharBlock(label=_("Title"), max_length=120, required=False)
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"), min_num=1)

    class Meta:
        icon = "comment"
        label = _("Questions and answers")
        template = "blocks/questions.html"
        description = _("Questions in your readers' words. Each opens to its answer.")
        preview_value = {
            "title": "Before your first visit",
            "questions": [
                {
                    "question": "Can I drive home?",
                    "answer": "<p>No. Wait until the next day, after you have slept.</p>",
                },
                {
                    "question": "Will I be alone?",
                    "answer": "<p>No. A clinician is with you during the session.</p>",
                },
            ],
        }
