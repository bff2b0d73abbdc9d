"""How articles are sorted: by topic, and in series that are read in order."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel


class Label(models.Model):
    """A name and the form of it that stands in an address."""

    name = models.CharField(_("name"), max_length=80, help_text=_("Visitors see this."))
    slug = models.SlugField(_("slug"), max_length=80, unique=True)

    panels = [FieldPanel("name"), FieldPanel("slug")]

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Topic(Label):
    """What an article is about. The library can be narrowed to one topic."""

    class Meta(Label.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


class Series(Label):
    """Articles to be read one after the other, in the order they have in the page tree."""

    class Meta(Label.Meta):
        verbose_name = _("series")
        verbose_name_plural = _("series")
