"""An article of blocks and a form page, written as Wagtail's documentation does."""

from django.db import models
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.contrib.forms.models import AbstractForm, AbstractFormField
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page


class ArticlePage(Page):
    """An article."""

    intro = models.TextField(blank=True)
    body = StreamField([("heading", blocks.CharBlock()), ("paragraph", blocks.RichTextBlock())])

    content_panels = [*Page.content_panels, FieldPanel("intro"), FieldPanel("body")]


class FormField(AbstractFormField):
    """A field of the form page."""

    page = ParentalKey("FormPage", on_delete=models.CASCADE, related_name="form_fields")


class FormPage(AbstractForm):
    """A page with a form. It sends no mail, as our own page sends none while somebody waits."""

    thank_you_text = RichTextField(blank=True)

    content_panels = [
        *AbstractForm.content_panels,
        InlinePanel("form_fields"),
        FieldPanel("thank_you_text"),
    ]
