"""Clinicians who write and review, with the licences that a visitor can look up."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from localflavor.us.models import USStateField
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.models import Orderable
from wagtail.search import index


class Clinician(index.Indexed, ClusterableModel):
    """Somebody whose name may stand under an article."""

    name = models.CharField(_("name"), max_length=120, help_text=_("Visitors see this."))
    credentials = models.CharField(
        _("credentials"),
        max_length=120,
        blank=True,
        help_text=_("The letters after the name, as the licence has them. Visitors see this."),
    )
    role = models.CharField(
        _("role"),
        max_length=120,
        blank=True,
        help_text=_("For example: psychiatrist. Visitors see this."),
    )

    panels = [
        FieldPanel("name"),
        FieldPanel("credentials"),
        FieldPanel("role"),
        InlinePanel("licences", label=_("licence"), heading=_("Licences by state")),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        ordering = ["name"]
        verbose_name = _("clinician")
        verbose_name_plural = _("clinicians")

    def __str__(self) -> str:
        return ", ".join(filter(None, [self.name, self.credentials]))


class ClinicianLicence(Orderable):
    """A licence to practise in one state."""

    clinician = ParentalKey(Clinician, on_delete=models.CASCADE, related_name="licences")
    state = USStateField(_("state"))
    kind = models.CharField(
        _("kind of licence"), max_length=120, help_text=_("For example: physician.")
    )
    number = models.CharField(_("number"), max_length=60)
    verify_url = models.URLField(
        _("where to check it"),
        blank=True,
        help_text=_("The state board's page on which a visitor can look the licence up."),
    )
    expires_on = models.DateField(_("expires on"), null=True, blank=True)

    panels = [FieldPanel(n) for n in ("state", "kind", "number", "verify_url", "expires_on")]

    class Meta(Orderable.Meta):
        verbose_name = _("licence")
        verbose_name_plural = _("licences")

    def __str__(self) -> str:
        return f"{self.kind}, {self.get_state_display()}, {self.number}"
