"""The inbox: inquiries by due time. It shows nothing sealed and does not even fetch it."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, UserColumn
from wagtail.admin.views import generic

from ..access import AuditedAccessMixin
from ..fields import SealedTextField
from ..models import Inquiry, Status

SEALED_COLUMNS = [
    field.name for field in Inquiry._meta.concrete_fields if isinstance(field, SealedTextField)
]


class InboxFilters(WagtailFilterSet):
    """What the inbox can be narrowed down to. Without a status, only open ones are listed."""

    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, label=_("Status"), widget=forms.CheckboxSelectMultiple
    )
    quarantined = django_filters.BooleanFilter(label=_("Possible spam"))

    class Meta:
        model = Inquiry
        fields: list[str] = []


class InboxView(AuditedAccessMixin, generic.IndexView):
    """Open inquiries, the one that is due first on top. There is nothing to export from here."""

    any_permission_required = ["view"]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False  # Wagtail answers `?export=csv` even where no button offers it.

    @cached_property
    def columns(self) -> list[Column]:
        return [
            self._get_title_column("reference"),
            StatusTagColumn(
                "status",
                label=_("Status"),
                accessor="get_status_display",
                primary=lambda inquiry: inquiry.state_of_work.is_open,
            ),
            Column(
                "quarantined",
                label=_("Spam check"),
                accessor=lambda inquiry: _("Possible spam") if inquiry.quarantined else "",
            ),
            Column("topic", label=_("Topic")),
            Column("due_at", label=_("Due"), sort_key="due_at"),
            UserColumn("assigned_to", label=_("Owner"), blank_display_name=_("Nobody")),
            Column("created_at", label=_("Received"), sort_key="created_at"),
        ]

    def get_base_queryset(self) -> QuerySet[Inquiry]:
        """With what the owner column shows of a user, and without what is sealed."""
        rows = Inquiry.objects.select_related("assigned_to__wagtail_userprofile")
        return rows.defer(*SEALED_COLUMNS)

    def filter_queryset(self, queryset: Any) -> Any:
        """Hide finished inquiries until somebody asks for a status."""
        chosen = self.filters.is_valid() and self.filters.form.cleaned_data["status"]
        return super().filter_queryset(queryset if chosen else queryset.open())

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered and self.ordering:
            return super().order_queryset(queryset).order_by(self.ordering, "pk")
        return queryset.by_due_time()
