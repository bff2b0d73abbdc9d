"""Inquiries in Wagtail's admin: an inbox, a page for each, and no other way in."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Inquiry
from .bulk import BulkView
from .entry import EntryView
from .filters import InboxFilters
from .inbox import InboxView
from .menu import InquiriesMenuItem
from .page import STEPS, InquiryView, StepView
from .search import SearchView

# Views that ModelViewSet would offer and that have no place here: they edit, copy or list what is
# sealed, or write names of objects into Wagtail's own log.
ABSENT = ("add", "edit", "delete", "history", "usage")


class InquiryViewSet(ModelViewSet):
    """The inbox and its menu item, for whoever may see inquiries."""

    model = Inquiry
    icon = "mail"
    menu_label = _("Inquiries")
    menu_order = 150
    menu_item_class = InquiriesMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = InboxView
    inspect_view_class = InquiryView
    inspect_view_enabled = True
    inspect_template_name = InquiryView.template_name
    index_template_name = InboxView.template_name
    index_results_template_name = InboxView.results_template_name
    copy_view_enabled = False
    filterset_class = InboxFilters
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{name}_url_name": None for name in ABSENT}
        return super().get_common_view_kwargs(**absent, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only what stands here exists; a view that Wagtail adds one day does not slip in."""
        steps = [
            path(
                f"<uuid:pk>/{step}/",
                self.construct_view(StepView, **self.get_inspect_view_kwargs(), step=step),
                name=step,
            )
            for step in STEPS
        ]
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("search/", self.construct_view(SearchView), name="search"),
            path("bulk/", self.construct_view(BulkView), name="bulk"),
            path("enter/", self.construct_view(EntryView), name="enter"),
            path("<uuid:pk>/", self.inspect_view, name="inspect"),
            *steps,
        ]

    def register_admin_url_finder(self) -> None:
        """There is no edit view that Wagtail could link to."""
