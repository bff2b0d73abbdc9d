"""What staff fill in on an inquiry's page."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Inquiry, Status


class StatusForm(forms.Form):
    """The next status, out of those that may follow."""

    status = forms.ChoiceField(
        label=_("New status"),
        error_messages={
            "invalid_choice": _("The inquiry cannot go to this status from where it is.")
        },
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(status.value, status.label) for status in inquiry.state_of_work.next]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean_status(self) -> Status:
        return Status(self.cleaned_data["status"])


class NoteForm(forms.Form):
    """A note for colleagues. It is sealed like what the visitor wrote."""

    text = forms.CharField(
        label=_("Note"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the note first.")},
    )

    def __init__(self, *args: Any, inquiry: Inquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
