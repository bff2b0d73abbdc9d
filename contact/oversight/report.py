"""The page with the figures: how many people wrote, and how they were answered."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from ..models import Inquiry, TriageSettings
from .base import OversightMixin
from .charts import ABOVE, BESIDE, BarChart
from .figures import Figures, Period

WEEKS = (4, 12, 26, 52)
USUAL_WEEKS = 12


class InquiryReport(OversightMixin, WagtailAdminTemplateMixin, TemplateView):
    """Figures, and charts with their tables. It fetches nothing sealed."""

    model = Inquiry
    page_title = gettext_lazy("Inquiries in numbers")
    header_icon = "mail"
    template_name = "contact/oversight/report.html"

    @property
    def weeks(self) -> int:
        """How many weeks were asked for. An address with another number shows the usual ones."""
        asked = self.request.GET.get("weeks", "")
        return next((weeks for weeks in WEEKS if str(weeks) == asked), USUAL_WEEKS)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        period = Period.last(self.weeks, timezone.localtime(timezone=self.practice.zone))
        figures = Figures.of(period)
        return super().get_context_data(**kwargs) | {
            "choices": WEEKS,
            "weeks": self.weeks,
            "period": period,
            "practice": self.practice,
            "figures": figures,
            "charts": charts(figures),
            "has_anything": Inquiry.objects.exists(),
            "kept": TriageSettings.load(),
        }


def charts(figures: Figures) -> list[BarChart]:
    """What the page draws."""
    return [
        BarChart("weeks", _("Received by week"), _("Week from Monday"), figures.by_week, BESIDE),
        BarChart("topics", _("Received by topic"), _("Topic"), figures.by_topic, ABOVE),
    ]
