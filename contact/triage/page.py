"""One inquiry: reading it, and everything that can be done to it from its page."""

import datetime
import uuid
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from localflavor.us.us_states import STATE_CHOICES
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views import generic

from pages.models import PracticeSettings

from .. import audit
from ..access import AuditedAccessMixin, staff_of
from ..clock import PracticeTime, clock
from ..models import Action, AuditEntry, Inquiry
from ..wording import lines
from . import forms
from .duplicates import others_of
from .reading import Reading, opened, read, read_notes
from .replies import replies_to

HISTORY_LENGTH = 100
STATES = dict(STATE_CHOICES)
# Who opened an inquiry this lately may still be working on it.
A_WHILE = datetime.timedelta(minutes=15)

# What can be done from the page, by the last part of its address.
STEPS: dict[str, type[forms.StepForm]] = {
    "status": forms.StatusForm,
    "assign": forms.AssignForm,
    "take": forms.TakeForm,
    "note": forms.NoteForm,
    "attempt": forms.AttemptForm,
    "follow-up": forms.FollowUpForm,
    "hold": forms.HoldForm,
    "lift-hold": forms.LiftHoldForm,
    "put-aside": forms.PutAsideForm,
    "rescue": forms.RescueForm,
    "merge": forms.MergeForm,
    "separate": forms.SeparateForm,
}


def openers(inquiry: Inquiry, user_id: int) -> QuerySet[AuditEntry]:
    """Others who have opened it lately, the last one first; the audit trail knows."""
    return (
        AuditEntry.objects.filter(
            reference=inquiry.reference,
            action=Action.OPENED,
            created_at__gt=timezone.now() - A_WHILE,
        )
        .exclude(actor_id=user_id)
        .order_by("-sequence")
    )


@method_decorator(sensitive_post_parameters(), name="dispatch")
class InquiryView(PracticeTime, AuditedAccessMixin, generic.InspectView):
    """The one page that shows what a visitor wrote.

    A POST to `step` does that to the inquiry. When the form has a mistake, the page comes back
    with what was typed; otherwise the browser goes on to the page as it is now.
    """

    any_permission_required: Any = ["view"]
    page_title = _("Inquiry")
    template_name = "contact/triage/inquiry.html"
    http_method_names = ["get", "head", "options"]
    step = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Write down who opens it, for good, and only then open it."""
        with transaction.atomic(durable=True):
            audit.record(Action.OPENED, actor=request.user, reference=self.object.reference)
        return super().get(request, *args, **kwargs)

    def get_fields(self) -> list[str]:
        return []

    def _forms(self) -> dict[str, forms.StepForm]:
        """The form of each step, under a name that a template can say."""
        return {
            name.replace("-", "_"): self.sent_form
            if name == self.step
            else step(inquiry=self.object, user=staff_of(self.request), name=name)
            for name, step in STEPS.items()
        }

    sent_form: Any = None

    def _others(self, reading: Reading) -> list[Inquiry]:
        """The same person's other inquiries. Whoever learns of them is written down."""
        others = list(others_of(self.object, reading))
        if others:
            audit.record(
                Action.SEARCHED,
                actor=self.request.user,
                reference=self.object.reference,
                references=[other.reference for other in others],
            )
        return others

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        inquiry, reading = self.object, read(self.object)
        trail = AuditEntry.objects.filter(reference=inquiry.reference).order_by("-sequence")
        return super().get_context_data(**kwargs) | {
            "base_url": reverse("inquiry:inspect", args=[inquiry.pk]),
            "reading": reading,
            "state": STATES.get(inquiry.state, inquiry.state),
            "hold_reason": opened(inquiry, "hold_reason"),
            "notes": read_notes(inquiry),
            "history": lines(trail[:HISTORY_LENGTH]),
            "forms": self._forms(),
            "sent_form": self.sent_form,
            "replies": replies_to(inquiry, reading, staff_of(self.request)),
            "others": self._others(reading),
            "opener": openers(inquiry, staff_of(self.request).pk).first(),
            "clock": clock(inquiry.due_at, timezone.now()),
            "removal_day": inquiry.removal_day(PracticeSettings.load().zone),
            "may_change": self.user_has_permission("change"),
            "may_lift_hold": self.user_has_permission(NEEDED["lift-hold"]),
        }


# What more than answering people takes. A hold is set against removal, so it is lifted by whoever
# may remove.
NEEDED = {"lift-hold": "delete"}


class StepView(InquiryView):
    """Takes the form of one step."""

    any_permission_required: Any = None
    http_method_names = ["post"]

    @property
    def permission_required(self) -> str:
        return NEEDED.get(self.step, "change")

    def post(self, request: HttpRequest, pk: uuid.UUID, **kwargs: Any) -> HttpResponseBase:
        with transaction.atomic():
            self.object = _locked(pk, request.POST)
            self.sent_form = STEPS[self.step](
                request.POST, inquiry=self.object, user=staff_of(request), name=self.step
            )
            if self.sent_form.is_valid():
                self.sent_form.perform()
        if not self.sent_form.is_valid():
            return self.get(request, pk=pk, **kwargs)
        messages.success(request, self.sent_form.success)
        back = get_valid_next_url_from_request(request)
        return HttpResponseRedirect(back or reverse("inquiry:inspect", args=[pk]))


def _locked(pk: uuid.UUID, sent: QueryDict) -> Inquiry:
    """The inquiry, and with it the one that is to be merged, locked in the same order by all."""
    keys = {pk}
    with suppress(ValueError):
        keys.add(uuid.UUID(sent.get("duplicate", "")))
    rows = Inquiry.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    found = {inquiry.pk: inquiry for inquiry in rows}
    if pk not in found:
        raise Http404
    return found[pk]
