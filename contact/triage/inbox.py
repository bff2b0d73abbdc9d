"""The inbox: inquiries by due time. It shows nothing sealed and does not even fetch it."""

from typing import Any, NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn, UserColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button, HeaderButton

from ..access import AuditedAccessMixin
from ..clock import PracticeTime, clock
from ..counting import BoundedPaginator, bounded_count
from ..fields import SealedTextField
from ..models import Inquiry
from .bulk import BulkForm
from .filters import ALL, DEFAULT_TAB, TABS, TABS_BY_SLUG
from .search import SearchForm, matching, opened_search

SEALED_COLUMNS = [
    field.name for field in Inquiry._meta.concrete_fields if isinstance(field, SealedTextField)
]


class TabLink(NamedTuple):
    """A tab as the page shows it."""

    label: Any
    url: str
    number: str
    is_current: bool


class ChosenColumn(Column):
    """A box for doing the same thing to several inquiries. It belongs to the form below."""

    header_template_name = "contact/triage/chosen_header.html"
    cell_template_name = "contact/triage/chosen_cell.html"


class DueColumn(Column):
    """The due time as people say it, with the date behind it."""

    cell_template_name = "contact/triage/due_cell.html"

    def get_value(self, instance: Inquiry) -> Any:
        return clock(instance.due_at, timezone.now())


class MomentColumn(Column):
    """A moment, as short as it can be told."""

    cell_template_name = "contact/triage/moment_cell.html"


def how_to_reach(inquiry: Inquiry) -> str:
    """By which way, and when best: none of it is sealed."""
    ways = [inquiry.get_contact_by_display(), inquiry.get_best_time_display()]
    return ", ".join(str(way) for way in ways if way)


class InboxView(PracticeTime, AuditedAccessMixin, generic.IndexView):
    """Open inquiries, the one that is due first on top. There is nothing to export from here."""

    any_permission_required = ["view"]
    template_name = "contact/triage/inbox.html"
    results_template_name = "contact/triage/inbox_results.html"
    paginator_class = BoundedPaginator

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.is_export = False  # Wagtail answers `?export=csv` even where no button offers it.

    @cached_property
    def columns(self) -> list[Column]:
        return [
            ChosenColumn("chosen", label=_("Choose"), width="3%"),
            self._get_title_column(
                "reference", TitleColumn, get_title_id=lambda inquiry: f"inquiry-{inquiry.pk}"
            ),
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
            Column("contact_by", label=_("Reach"), accessor=how_to_reach),
            DueColumn("due_at", label=_("Due"), sort_key="due_at"),
            UserColumn("assigned_to", label=_("Owner"), blank_display_name=_("Nobody")),
            MomentColumn("created_at", label=_("Received"), sort_key="created_at"),
        ]

    def get_list_buttons(self, instance: Inquiry) -> list[Button]:
        """The reference is the link; there is nothing else to do in a row."""
        return []

    @cached_property
    def header_buttons(self) -> list[Button]:
        if not self.user_has_permission("add"):
            return []
        return [HeaderButton(_("Enter a call"), url=reverse("inquiry:enter"), icon_name="plus")]

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        """The ways to what only some may do, where they look for them first."""
        export = reverse("inquiry_records:export")
        person = reverse("inquiry_records:person")
        offered = [
            ("export", Button(_("Export"), export, icon_name="download")),
            ("delete", Button(_("One person's data"), person, icon_name="user")),
        ]
        return [button for needed, button in offered if self.user_has_permission(needed)]

    @cached_property
    def search_text(self) -> str:
        """What is searched for, or nothing."""
        return opened_search(self.request.GET.get("find", ""), self.request.user.pk)

    @cached_property
    def tab(self) -> str:
        asked = self.request.GET.get("tab", "")
        return asked if asked in TABS_BY_SLUG else ALL if self.search_text else DEFAULT_TAB

    @property
    def shows_finished(self) -> bool:
        """Finished inquiries are hidden until somebody asks for them."""
        chosen = self.filters.is_valid() and self.filters.form.cleaned_data["status"]
        return bool(chosen) or self.tab == ALL

    def get_base_queryset(self) -> Any:
        """With what the owner column shows of a user, and without what is sealed."""
        rows = Inquiry.objects.select_related("assigned_to__wagtail_userprofile")
        return rows.defer(*SEALED_COLUMNS)

    def filter_queryset(self, queryset: Any) -> Any:
        rows = queryset if self.shows_finished else queryset.open()
        if self.search_text:
            rows = rows.filter(matching(self.search_text))
        return super().filter_queryset(TABS_BY_SLUG[self.tab].rows(rows, self.request.user))

    def order_queryset(self, queryset: Any) -> Any:
        if self.is_explicitly_ordered and self.ordering:
            return super().order_queryset(queryset).order_by(self.ordering, "pk")
        return queryset.by_due_time()

    def tab_links(self) -> list[TabLink]:
        """The tabs, each with how many open inquiries are in it."""
        rows = Inquiry.objects.open()
        return [
            TabLink(
                tab.label,
                f"{self.index_url}?tab={tab.slug}",
                "" if tab.slug == ALL else bounded_count(tab.rows(rows, self.request.user)),
                tab.slug == self.tab and not self.search_text,
            )
            for tab in TABS
        ]

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(*args, **kwargs) | {
            "tabs": self.tab_links(),
            "tab": self.tab,
            "search_text": self.search_text,
            "find_form": SearchForm(initial={"text": self.search_text}),
            "bulk_form": BulkForm(user=self.request.user),
            "may_change": self.user_has_permission("change"),
        }
