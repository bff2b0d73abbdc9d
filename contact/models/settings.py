"""How long inquiries are kept: the practice's own choice."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from .status import Status

LONGEST_KEPT = 3650  # Ten years, the longest that a state asks for an adult's record.
BOUNDS = [MinValueValidator(1), MaxValueValidator(LONGEST_KEPT)]


@register_setting(icon="history", order=200)
class TriageSettings(BaseGenericSetting):
    """When finished inquiries are removed. A change counts at once, for the old ones as well."""

    keep_closed_days = models.PositiveSmallIntegerField(
        _("days that a finished inquiry is kept"),
        default=365,
        validators=BOUNDS,
        help_text=_(
            "Counted from the day on which it was closed or the person was referred. A shorter "
            "time counts for older ones too: they are removed at the next housekeeping."
        ),
    )
    keep_spam_days = models.PositiveSmallIntegerField(
        _("days that spam is kept"),
        default=30,
        validators=BOUNDS,
        help_text=_("Counted from the day on which somebody marked it as spam."),
    )

    panels = [FieldPanel("keep_closed_days"), FieldPanel("keep_spam_days")]

    class Meta:
        verbose_name = _("retention of inquiries")

    def days_of(self, status: Status) -> int:
        """How many days an inquiry of a finished status is kept."""
        return self.keep_spam_days if status == Status.SPAM else self.keep_closed_days
