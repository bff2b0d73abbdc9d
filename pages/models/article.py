"""Articles: the reviewed, sourced texts of the library."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from ..blocks.body import ArticleBody
from ..neighbours import neighbours_of
from ..reading_time import minutes_to_read
from .base import BodyPage
from .classification import Series, Topic
from .people import Clinician


class Reviewed(models.Model):
    """Who wrote a page, who reviewed it, and until when the review holds."""

    author = models.ForeignKey(
        Clinician,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("author"),
    )
    reviewed_by = models.ForeignKey(
        Clinician,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        verbose_name=_("reviewed by"),
        help_text=_("While this is empty, the page says that no clinician has reviewed it yet."),
    )
    reviewed_on = models.DateField(_("reviewed on"), null=True, blank=True)
    next_review_on = models.DateField(
        _("next review"), null=True, blank=True, help_text=_("Visitors see this date.")
    )

    review_panels = [
        MultiFieldPanel(
            [FieldPanel(n) for n in ("author", "reviewed_by", "reviewed_on", "next_review_on")],
            heading=_("Author and clinical review"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def is_reviewed(self) -> bool:
        """Whether a clinician has put name and date under this page."""
        return bool(self.reviewed_by_id and self.reviewed_on)

    def validate_content(self) -> None:
        """Besides, refuse a review that is half filled in, in the future, or over at once."""
        super().validate_content()  # type: ignore[misc]
        if self.reviewed_by_id and not self.reviewed_on:
            raise ValidationError({"reviewed_on": _("Say on which day the review was done.")})
        if self.reviewed_on and not self.reviewed_by_id:
            raise ValidationError({"reviewed_by": _("Say who did the review.")})
        if self.reviewed_on and self.reviewed_on > timezone.localdate():
            raise ValidationError({"reviewed_on": _("This day is still to come.")})
        if self.next_review_on and self.reviewed_on and self.next_review_on <= self.reviewed_on:
            raise ValidationError({"next_review_on": _("Choose a day after the review.")})


class ArticlePage(Reviewed, BodyPage):  # noqa: DJ008 - Page has a __str__
    """An article with its author, reviewer, numbered sources and place in a series."""

    parent_page_types = ["pages.LibraryPage"]
    subpage_types: list[str] = []
    template = "pages/article_page.html"
    exclude_fields_in_copy = ["import_key"]

    topic = models.ForeignKey(
        Topic,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        verbose_name=_("topic"),
    )
    series = models.ForeignKey(
        Series,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="articles",
        verbose_name=_("series"),
        help_text=_("Articles of a series lead to each other in the order of the page tree."),
    )
    import_key = models.CharField(max_length=255, blank=True, db_index=True, editable=False)
    body = StreamField(ArticleBody(), blank=True, verbose_name=_("body"))

    served_with = (*BodyPage.served_with, "topic", "author", "reviewed_by")

    content_panels = [
        *BodyPage.content_panels,
        MultiFieldPanel(
            [FieldPanel("topic"), FieldPanel("series")], heading=_("Place in the library")
        ),
        FieldPanel("body"),
        *Reviewed.review_panels,
    ]
    search_fields = [*BodyPage.search_fields, index.FilterField("topic")]

    class Meta:
        verbose_name = _("article")

    @property
    def card_topic(self) -> str:
        """The article's topic."""
        return self.topic.name if self.topic else ""

    @cached_property
    def minutes_to_read(self) -> int:
        """How long reading takes, in minutes, at least one."""
        return minutes_to_read(self.body)

    def neighbours(self) -> dict[str, Page]:
        """The published articles before and after this one in its series, those that there are,
        as "previous" and "next". One query, or none outside a series."""
        return neighbours_of(self, self.series_id) if self.series_id else {}

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return context | self.neighbours()
