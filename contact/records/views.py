"""Releasing and erasing: the pages, for whoever answers for it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse, reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permission_policies import ModelPermissionPolicy

from pages.models import PracticeSettings

from .. import audit
from ..access import AuditedAccessMixin
from ..clock import PracticeTime
from ..models import Action, AuditEntry, Inquiry, Kind
from .export import Format, Reason, release
from .forms import EraseForm, ExportForm, PersonExportForm, PersonForm
from .person import Finding, OutOfDate, erase
from .receipt import Receipt, latest


@method_decorator(sensitive_post_parameters(), name="dispatch")
class RecordsView(PracticeTime, AuditedAccessMixin, WagtailAdminTemplateMixin, View):
    """A page of the admin about inquiries that leave the site."""

    permission_policy = ModelPermissionPolicy(Inquiry)
    http_method_names = ["get", "head", "post", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        inbox = {"url": reverse("inquiry:index"), "label": _("Inquiries")}
        return [*self.breadcrumbs_items, inbox, {"url": "", "label": self.get_page_title()}]


class ExportView(RecordsView, FormView):
    """Which inquiries, how and why; the answer to the filled form is the download."""

    permission_required = "export"
    page_title = _("Export inquiries")
    header_icon = "download"
    template_name = "contact/records/export.html"
    form_class = ExportForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"zone": PracticeSettings.load().zone}

    def form_valid(self, form: ExportForm) -> Any:  # A stream, which FormView does not expect.
        return release(form.rows(), self.request.user, **form.detail())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"latest": latest(Action.EXPORTED)}


class PersonView(RecordsView, FormView):
    """Somebody's inquiries, found by an address or number. The answer names references only."""

    permission_required = "delete"
    page_title = _("One person's data")
    header_icon = "user"
    template_name = "contact/records/person.html"
    form_class = PersonForm

    def form_valid(self, form: PersonForm) -> HttpResponse:
        """Search, and write down that somebody did, without what they looked for."""
        finding = Finding.of(form.cleaned_data["contact"])
        audit.record(
            Action.SEARCHED,
            actor=self.request.user,
            kind=finding.wanted.kind.value,
            count=len(finding.listed),
        )
        return self.render_to_response(self.get_context_data(form=form) | shown(finding, self))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"latest": latest(Action.REMOVED)}


def shown(finding: Finding, view: RecordsView) -> dict[str, Any]:
    """What a page shows of a finding, and the token that the next step needs. Opens nothing."""
    rows = finding.rows.order_by("created_at", "pk")
    found = list(rows.only("reference", "created_at", "status", "on_hold", "duplicate_of_id"))
    return {
        "holders": finding.wanted.holders(),
        "by_phone": finding.wanted.kind == Kind.PHONE,
        "found": found,
        "free": [row for row in found if not row.on_hold],
        "held": [row for row in found if row.on_hold],
        "token": finding.seal(view.request.user),
        "formats": Format,
        "may_export": view.user_has_permission("export"),
    }


class PersonStepView(RecordsView, FormView):
    """Something done with what a search found, from the page that lists it."""

    http_method_names = ["post", "options"]
    finding: Finding

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Back to the search, with a sentence, when the list cannot be acted on any more."""
        try:
            self.finding = Finding.opened(request.POST.get("token", ""), request.user)
        except OutOfDate:
            return self.search_again()
        if "choosing" in request.POST:
            self.finding = self.finding.narrowed(request.POST.getlist("chosen"))
            if not self.finding.listed:
                messages.error(request, _("Tick the inquiries that are this person's."))
                return HttpResponseRedirect(reverse("inquiry_records:person"))
        return super().post(request, *args, **kwargs)

    def search_again(self) -> HttpResponse:
        messages.error(self.request, _("This list is out of date. Search again."))
        return HttpResponseRedirect(reverse("inquiry_records:person"))


class PersonExportView(PersonStepView):
    """Somebody's data as a download, because that person asked for it."""

    permission_required = "export"
    form_class = PersonExportForm

    def form_valid(self, form: PersonExportForm) -> Any:  # A stream here as well.
        return release(
            self.finding.rows,
            self.request.user,
            kind=form.cleaned_data["format"],
            reason=Reason.PERSON.value,
            found_by=self.finding.wanted.kind.value,
        )

    def form_invalid(self, form: PersonExportForm) -> HttpResponse:
        return self.search_again()


class PersonEraseView(PersonStepView):
    """The list once more, what stays, and a box to tick; then the receipt."""

    permission_required = "delete"
    page_title = _("Erase the data")
    header_icon = "bin"
    template_name = "contact/records/erase.html"
    form_class = EraseForm

    def get_form_kwargs(self) -> dict[str, Any]:
        """Whoever comes from the list has not been asked yet, and has forgotten nothing."""
        kwargs = super().get_form_kwargs()
        return kwargs if "asked" in self.request.POST else kwargs | {"data": None, "files": None}

    def form_valid(self, form: EraseForm) -> HttpResponse:
        done = erase(self.finding, self.request.user)
        return HttpResponseRedirect(reverse("inquiry_records:receipt", args=[done.sequence]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | shown(self.finding, self)


class ReceiptView(RecordsView, TemplateView):
    """What was done, by whom and when, with the entries that prove it."""

    any_permission_required = ["export", "delete"]
    page_title = _("Receipt")
    header_icon = "doc-full"
    template_name = "contact/records/receipt.html"
    http_method_names = ["get", "head", "options"]
    breadcrumbs_items = [
        *RecordsView.breadcrumbs_items,
        {"url": reverse_lazy("inquiry_records:person"), "label": _("One person's data")},
    ]

    def get_page_subtitle(self) -> str:
        return str(self.kwargs["sequence"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            receipt = Receipt.of(self.kwargs["sequence"])
        except AuditEntry.DoesNotExist as error:
            raise Http404 from error
        return super().get_context_data(**kwargs) | {
            "receipt": receipt,
            "practice": PracticeSettings.load(),
            "reason": dict(Reason.choices).get(receipt.done.detail.get("reason", "")),
            "format": dict(Format.choices).get(receipt.done.detail.get("format", "")),
        }
