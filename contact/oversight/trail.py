"""Reading the audit trail: the newest first, narrowed down, a page at a time. It is only read."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import BaseListingView

from .. import audit
from ..models import Action, AuditEntry, Inquiry
from ..wording import details
from .base import ONE_LINE, OversightMixin, ReferenceColumn

LENGTH = 50  # Entries on a page.
DIGITS = 18  # A longer number is no sequence.


def when(entry: AuditEntry) -> str:
    """The moment of an entry to the second."""
    return formats.date_format(timezone.localtime(entry.created_at), "M j, Y, g:i:s a")


class TrailFilters(WagtailFilterSet):
    """What the trail can be narrowed down to."""

    action = django_filters.MultipleChoiceFilter(
        choices=Action.choices, label=_("What"), widget=forms.CheckboxSelectMultiple
    )
    actor = django_filters.CharFilter(lookup_expr="icontains", label=_("Who (e-mail address)"))
    reference = django_filters.CharFilter(method="by_reference", label=_("Inquiry (reference)"))
    created_at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = AuditEntry
        fields: list[str] = []

    def by_reference(self, rows: QuerySet[AuditEntry], name: str, value: str) -> Any:
        """Those about one inquiry, whatever the capitals that its reference was typed with."""
        return rows.filter(reference=value.strip().upper())


class TrailView(OversightMixin, BaseListingView):
    """The trail. Older entries are found by where a page ends, so that nothing is counted."""

    model = AuditEntry
    page_title = _("Audit trail")
    header_icon = "history"
    template_name = "contact/oversight/trail.html"
    results_template_name = "contact/oversight/trail_results.html"
    index_url_name = "oversight:audit"
    index_results_url_name = "oversight:audit_results"
    filterset_class = TrailFilters
    verbose_name_plural = _("entries")
    default_ordering = "-sequence"
    page_kwarg = "before"

    @cached_property
    def columns(self) -> list[Column]:
        return [
            Column("created_at", label=_("When"), accessor=when, classname=ONE_LINE),
            Column("action", label=_("What"), accessor="get_action_display", classname=ONE_LINE),
            Column("actor", label=_("Who")),
            ReferenceColumn("reference", label=_("Inquiry"), get_url=self.link_of),
            Column("detail", label=_("Details"), accessor=details),
        ]

    def get_queryset(self) -> list[AuditEntry]:
        """The entries of this page, and one more where there are older ones."""
        rows = super().get_queryset()
        before = self.request.GET.get(self.page_kwarg, "")
        if before.isdecimal() and len(before) <= DIGITS:
            rows = rows.filter(sequence__lt=int(before))
        return list(rows[: LENGTH + 1])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        entries = self.object_list[:LENGTH]
        self.pages = self._pages_of(entries)
        return super().get_context_data(object_list=entries, **kwargs) | {
            "practice": self.practice,
            "older_than": entries[-1].sequence if len(self.object_list) > LENGTH else None,
        }

    def _pages_of(self, entries: list[AuditEntry]) -> dict[str, str]:
        """The pages of the inquiries that entries are about, by reference: of those still there."""
        if not self.request.user.has_perm("contact.view_inquiry"):
            return {}
        rows = Inquiry.objects.filter(reference__in={entry.reference for entry in entries})
        return {
            reference: reverse("inquiry:inspect", args=[pk])
            for reference, pk in rows.values_list("reference", "pk")
        }

    def link_of(self, entry: AuditEntry) -> str | None:
        """The page of the inquiry that an entry is about, while there is one."""
        return self.pages.get(entry.reference)


class CheckTrail(OversightMixin, View):
    """Walk the whole trail, and say whether anybody touched it."""

    model = AuditEntry
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseBase:
        verdict = audit.verify()
        if verdict.whole:
            text = ngettext(
                "The audit trail is whole: %d entry.",
                "The audit trail is whole: %d entries.",
                verdict.entries,
            )
            messages.success(request, text % verdict.entries)
        else:
            messages.error(request, _("The audit trail is not whole.") + f" {verdict.problem}")
        return HttpResponseRedirect(reverse("oversight:audit"))
