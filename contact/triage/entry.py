"""Writing down an inquiry that came by phone."""

from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from ..access import AuditedAccessMixin, staff_of
from ..clock import PracticeTime
from ..forms import ContactForm, read_email, read_phone
from ..intake import enter
from ..models import ContactBy, ContactPage, Status
from . import work


class EntryForm(ContactForm):
    """The questions of the contact form, asked on the phone. What guards the page is left out."""

    ways = {
        "email": (read_email, _("Enter their e-mail address")),
        "phone": (read_phone, _("Enter their phone number")),
    }
    field_order = ["name", "contact_by", "phone", "voicemail_ok", "email", "best_time"]
    have_talked = forms.BooleanField(
        label=_("We have talked: no first reply is waiting (optional)"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        page = ContactPage.objects.only("topics").first()
        topics = page.topic_labels if page else []
        super().__init__(*args, topics=topics, consent="", **kwargs)
        for name in ("website", "stamp", "wants_acknowledgement"):
            del self.fields[name]
        self.fields["name"].label = _("The name they like to be called")
        self.fields["contact_by"].label = _("How should we reach them?")
        self.fields["contact_by"].error_messages = dict.fromkeys(
            ("required", "invalid_choice"), _("Choose how we should reach them")
        )
        self.fields["name"].error_messages["required"] = _("Enter the name they like to be called")
        self.initial.setdefault("contact_by", ContactBy.PHONE)
        self.fields["voicemail_ok"].label = _("We may leave a voicemail (optional)")
        self.fields["best_time"].label = _("Best time to reach them (optional)")
        self.fields["state"].label = _("The state they live in (optional)")
        self.fields["message"].label = _("What they said (optional)")
        self.fields["message"].help_text = _("Up to 1,000 characters. It is sealed.")
        for name in ("name", "email", "phone", "state"):  # It is not the colleague's own.
            self.fields[name].widget.attrs["autocomplete"] = "off"


@method_decorator(sensitive_post_parameters(), name="dispatch")
class EntryView(PracticeTime, AuditedAccessMixin, WagtailAdminTemplateMixin, FormView):
    """The form, and on to the inquiry's page."""

    permission_required = "add"
    form_class = EntryForm
    template_name = "contact/triage/enter.html"
    page_title = _("Enter a call")
    header_icon = "mail"
    http_method_names = ["get", "head", "post", "options"]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("inquiry:index"), "label": _("Inquiries")},
            {"url": "", "label": self.page_title},
        ]

    def form_valid(self, form: EntryForm) -> HttpResponseRedirect:
        user = staff_of(self.request)
        with transaction.atomic():
            inquiry = enter(form, user)
            if form.cleaned_data["have_talked"] and inquiry.status == Status.NEW:
                work.change_status(user, inquiry, Status.IN_CONVERSATION)
        text = _("The call is written down as %(reference)s.")
        messages.success(self.request, text % {"reference": inquiry.reference})
        return HttpResponseRedirect(reverse("inquiry:inspect", args=[inquiry.pk]))
