"""Inquiries in Wagtail's admin: an inbox, a page for each, and no other way in."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSet

from ..models import Inquiry
from .inbox import InboxFilters, InboxView
from .views import AddNoteView, ChangeStatusView, InquiryView

# Views that ModelViewSet would offer and that have no place here: they edit, copy or list what is
# sealed, or write names of objects into Wagtail's own log.
ABSENT = ("add", "edit", "delete", "history", "usage")


class InquiryViewSet(ModelViewSet):
    """The inbox and its menu item, for whoever may see inquiries."""

    model = Inquiry
    icon = "mail"
    menu_label = _("Inquiries")
    menu_order = 150
    add_to_admin_menu = True
    add_to_reference_index = False
    index_view_class = InboxView
    inspect_view_class = InquiryView
    inspect_view_enabled = True
    inspect_template_name = InquiryView.template_name
    copy_view_enabled = False
    filterset_class = InboxFilters
    list_per_page = 50

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        absent = {f"{name}_url_name": None for name in ABSENT}
        return super().get_common_view_kwargs(**absent, **kwargs)

    def get_urlpatterns(self) -> list[URLPattern]:
        """Only what stands here exists; a view that Wagtail adds one day does not slip in."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("<uuid:pk>/", self.inspect_view, name="inspect"),
            path("<uuid:pk>/status/", self.construct_view(ChangeStatusView), name="status"),
            path("<uuid:pk>/note/", self.construct_view(AddNoteView), name="note"),
        ]

    def register_admin_url_finder(self) -> None:
        """There is no edit view that Wagtail could link to."""
