"""One inquiry: reading it, moving it on, writing a note."""

import uuid
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages
from wagtail.admin.views import generic

from pages.models import PracticeSettings

from .. import audit
from ..access import AuditedAccessMixin
from ..models import Action, AuditEntry, Inquiry, Note
from .forms import NoteForm, StatusForm
from .reading import read, read_notes

HISTORY_LENGTH = 100


class InquiryView(AuditedAccessMixin, generic.InspectView):
    """The one page that shows what a visitor wrote."""

    any_permission_required = ["view"]
    page_title = _("Inquiry")
    template_name = "contact/triage/inquiry.html"
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write down who opens it, for good, and only then open it."""
        with transaction.atomic(durable=True):
            audit.record(Action.OPENED, actor=request.user, reference=self.object.reference)
        return super().get(request, *args, **kwargs)

    def get_fields(self) -> list[str]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inquiry = self.object
        trail = AuditEntry.objects.filter(reference=inquiry.reference).order_by("-sequence")
        return super().get_context_data(**kwargs) | {
            "reading": read(inquiry),
            "notes": read_notes(inquiry),
            "history": trail[:HISTORY_LENGTH],
            "status_form": StatusForm(inquiry=inquiry),
            "note_form": NoteForm(inquiry=inquiry),
            "may_change": self.user_has_permission("change"),
        }


@method_decorator(sensitive_post_parameters(), name="dispatch")
class InquiryOperation(AuditedAccessMixin, View):
    """Something done to an inquiry by a form on its page, which the browser goes back to."""

    permission_required = "change"
    http_method_names = ["post"]
    form_class: type[forms.Form]
    success_message: Any

    def post(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponseBase:
        with transaction.atomic():
            inquiry = get_object_or_404(Inquiry.objects.select_for_update(), pk=pk)
            form = self.form_class(request.POST, inquiry=inquiry)  # type: ignore[call-arg]
            if form.is_valid():
                self.perform(inquiry, form)
        if form.is_valid():
            messages.success(request, self.success_message)
        else:
            messages.error(
                request, " ".join(str(error) for errors in form.errors.values() for error in errors)
            )
        return HttpResponseRedirect(reverse("inquiry:inspect", args=[pk]))

    def perform(self, inquiry: Inquiry, form: forms.Form) -> None:
        """Do it to the locked row, inside the transaction."""
        raise NotImplementedError


class ChangeStatusView(InquiryOperation):
    """Move an inquiry on."""

    form_class = StatusForm
    success_message = _("The status is changed.")

    def perform(self, inquiry: Inquiry, form: forms.Form) -> None:
        before, after = inquiry.state_of_work, form.cleaned_data["status"]
        inquiry.move_to(after, timezone.localtime(timezone=PracticeSettings.load().zone))
        inquiry.save(
            update_fields=[
                "status",
                "closed_at",
                "answered_at",
                "follow_up_at",
                "due_at",
                "changed_at",
            ]
        )
        audit.record(
            Action.CHANGED,
            actor=self.request.user,
            reference=inquiry.reference,
            status=[before.value, after.value],
        )


class AddNoteView(InquiryOperation):
    """Add a note to an inquiry."""

    form_class = NoteForm
    success_message = _("The note is added.")

    def perform(self, inquiry: Inquiry, form: forms.Form) -> None:
        Note(inquiry=inquiry, author_id=self.request.user.pk, text=form.cleaned_data["text"]).save()
        audit.record(Action.NOTED, actor=self.request.user, reference=inquiry.reference)
