"""The publications that articles rest on."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import ReferenceIndex
from wagtail.search import index

from ..citations import KEY_PATTERN


class Source(index.Indexed, models.Model):
    """A publication, kept once and cited by its key from any text: `[@popova-2019]`."""

    key = models.CharField(
        _("citation key"),
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                rf"^{KEY_PATTERN}$", _("Use lower-case letters, digits and hyphens only.")
            )
        ],
        help_text=_("Write [@key] in a text to cite this source. For example: popova-2019."),
    )
    authors = models.CharField(_("authors"), max_length=255, help_text=_("Visitors see this."))
    title = models.CharField(_("title"), max_length=500)
    publisher = models.CharField(_("journal or publisher"), max_length=255, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    detail = models.CharField(
        _("volume and pages"), max_length=120, blank=True, help_text=_("For example: 176:428-438")
    )
    url = models.URLField(
        _("address"), max_length=500, blank=True, help_text=_("A DOI link if there is one.")
    )

    panels = [
        FieldPanel(name)
        for name in ("key", "authors", "title", "publisher", "year", "detail", "url")
    ]
    search_fields = [
        index.SearchField("key"),
        index.SearchField("authors"),
        index.SearchField("title"),
        index.AutocompleteField("key"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        ordering = ["key"]
        verbose_name = _("source")
        verbose_name_plural = _("sources")

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    def clean(self) -> None:
        """Refuse another key while texts cite the old one."""
        super().clean()
        old = Source.objects.filter(pk=self.pk).exclude(key=self.key).first()
        if old and ReferenceIndex.get_references_to(old).exists():
            message = _("Texts cite this source as %(key)s. Leave the key as it is.")
            raise ValidationError({"key": message % {"key": old.key}})

    @property
    def lead(self) -> str:
        """The authors as the entry in a list of sources begins: with one full stop behind them."""
        return self.authors if self.authors.endswith(".") else f"{self.authors}."
