"""What somebody fills in who releases or erases inquiries."""

import datetime
import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..clock import DayInput
from ..models import Inquiry, Kind, Status
from ..models.blind import normal_email, normal_phone
from ..models.inquiry import InquiryQuerySet
from ..phone import stored_form
from .export import Format, Reason
from .person import Wanted

TICKET = re.compile(r"(?=.*[0-9])[A-Za-z0-9/.#-]+", re.ASCII)


class DayField(forms.DateField):
    """A day that may be left out."""

    widget = DayInput

    def __init__(self, **kwargs: Any) -> None:
        unclear = _("Write the day as year-month-day, such as 2026-01-31.")
        super().__init__(required=False, error_messages={"invalid": unclear}, **kwargs)


class ExportForm(forms.Form):
    """Which inquiries are released, how and why."""

    received_from = DayField(
        label=_("Received from"), help_text=_("Leave it empty to begin with the oldest.")
    )
    received_until = DayField(
        label=_("Received until"), help_text=_("This day included. Leave it empty for today.")
    )
    status = forms.MultipleChoiceField(
        label=_("Status"),
        choices=Status.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Tick none for all of them, spam included."),
    )
    format = forms.ChoiceField(
        label=_("Format"),
        choices=Format.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a format.")},
    )
    reason = forms.ChoiceField(
        label=_("Reason"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the reason. It is kept in the audit trail.")},
    )
    ticket = forms.CharField(
        label=_("Case number"),
        required=False,
        max_length=20,
        help_text=_(
            "If there is one, such as 2026-118. It is kept in the audit trail for good: write no "
            "name and no phone number."
        ),
        error_messages={"max_length": _("Write 20 characters at most.")},
    )

    def __init__(self, *args: Any, zone: datetime.tzinfo, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._zone = zone

    def clean_ticket(self) -> str:
        """A number as cases have it. Words are refused: they could be a name."""
        ticket = str(self.cleaned_data["ticket"])
        if ticket and not TICKET.fullmatch(ticket):
            raise forms.ValidationError(
                _("Use only letters, digits and - / . #, with a digit at least.")
            )
        return ticket

    def clean(self) -> None:
        super().clean()
        first, last = (self.cleaned_data.get(f"received_{end}") for end in ("from", "until"))
        if first and last and last < first:
            self.add_error("received_until", _("This day is before the first one."))
        if self.is_valid() and not self.rows().exists():
            self.add_error("received_until", _("Nothing was received on these days."))

    def rows(self) -> InquiryQuerySet:
        """The inquiries that were asked for."""
        rows, asked = Inquiry.objects.all(), self.cleaned_data
        if asked["received_from"]:
            rows = rows.filter(created_at__gte=self._midnight(asked["received_from"]))
        if asked["received_until"]:
            # To the last moment, since some days have none after them: people type 9999-12-31.
            end = datetime.datetime.combine(asked["received_until"], datetime.time.max, self._zone)
            rows = rows.filter(created_at__lte=min(end, timezone.now()))
        return rows.filter(status__in=asked["status"]) if asked["status"] else rows

    def _midnight(self, day: datetime.date) -> datetime.datetime:
        return datetime.datetime.combine(day, datetime.time(), self._zone)

    def detail(self) -> dict[str, Any]:
        """What the audit trail keeps of it."""
        asked = self.cleaned_data
        days = [asked["received_from"], asked["received_until"]]
        return {
            "kind": asked["format"],
            "reason": asked["reason"],
            "ticket": asked["ticket"],
            "received": [str(day) if day else "" for day in days],
            "status": asked["status"],
        }


class PersonForm(forms.Form):
    """Whose data is looked for."""

    contact = forms.CharField(
        label=_("E-mail address or phone number"),
        max_length=320,
        help_text=_("The whole address or number, as the person gave it to us."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Write the person's e-mail address or phone number."),
            "max_length": _("Write 320 characters at most."),
        },
    )

    def clean_contact(self) -> Wanted:
        """The address or number in the form in which it is compared."""
        text = str(self.cleaned_data["contact"])
        if "@" in text.strip().strip("@"):
            return Wanted(Kind.EMAIL, normal_email(text))
        if stored_form(text):
            return Wanted(Kind.PHONE, normal_phone(text))
        raise forms.ValidationError(
            _("Write a whole e-mail address, or a phone number with its area code.")
        )


class PersonExportForm(forms.Form):
    """In which format somebody's data is released."""

    format = forms.ChoiceField(choices=Format.choices)


class EraseForm(forms.Form):
    """The last question before somebody's data is gone."""

    confirmed = forms.BooleanField(
        label=_("I have checked that the person asked for this, and I want to erase it for good"),
        error_messages={"required": _("Tick the box if you want to erase this data.")},
    )
