"""What staff fill in on an inquiry's page. Each form does its step by `perform`."""

import datetime
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pages.models import PracticeSettings

from ..clock import DayInput, business_day_after, today
from ..models import ATTEMPTS, Inquiry, NoteKind, Status
from . import work
from .duplicates import same_person
from .people import colleagues

LONGEST_NOTE = 5000
# How soon to come back to somebody who was written to or not reached.
USUAL_FOLLOW_UP = 1


class StepForm(forms.Form):
    """A form that does one thing to an inquiry.

    With `guards_changes` it is refused when somebody else has changed the inquiry since the page
    was opened: the page is shown anew with what was typed, and the other's change on it.
    """

    use_required_attribute = False
    success: Promise
    guards_changes = False
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, inquiry: Inquiry, user: AbstractBaseUser, name: str, **kwargs: Any
    ) -> None:
        # The fields keep their plain names; only ids have to differ on a page of many forms.
        super().__init__(*args, **kwargs)
        self.auto_id = f"{name}-%s"
        self.inquiry, self.user = inquiry, user
        if self.guards_changes:
            self.initial["version"] = self._current_version()
        else:
            del self.fields["version"]

    def _current_version(self) -> str:
        return self.inquiry.changed_at.isoformat()

    def clean(self) -> dict[str, Any]:
        sent = self.cleaned_data.get("version")
        if sent and sent != self._current_version():
            # What comes back carries the new version, so that a second try goes through.
            self.data = dict(self.data.items()) | {"version": self._current_version()}
            raise ValidationError(
                _("A colleague has changed this inquiry meanwhile. Look at it, then send again.")
            )
        return self.cleaned_data

    def perform(self) -> None:
        """Do it to the locked row, inside the transaction. Each form says what that is."""


def note_field(label: Any, missing: Any = None, rows: int = 4) -> forms.CharField:
    """A box for a text that is sealed. With `missing`, it has to be filled in."""
    return forms.CharField(
        label=label,
        required=missing is not None,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or ""},
    )


def day_field(**kwargs: Any) -> forms.DateField:
    """A day that is not over yet."""
    return forms.DateField(
        widget=DayInput(),
        error_messages={
            "required": _("Choose the day."),
            "invalid": _("Write the day like 2026-11-23."),
        },
        **kwargs,
    )


def not_past(day: datetime.date | None) -> datetime.date | None:
    """The same day. Raises ValidationError for one that is over at the practice."""
    if day and day < today(PracticeSettings.load()):
        raise ValidationError(_("Choose today or a later day."))
    return day


class StatusForm(StepForm):
    """The next status, out of those that may follow."""

    success = _("The status is changed.")
    guards_changes = True
    status = forms.ChoiceField(
        label=_("New status"),
        error_messages={
            "required": _("Choose the new status."),
            "invalid_choice": _("The inquiry cannot go to this status from where it is."),
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = [(status.value, status.label) for status in self.inquiry.state_of_work.next]
        choices = [("", _("Choose a status")), *following]
        self.fields["status"].choices = choices  # type: ignore[attr-defined]

    def clean_status(self) -> str:
        if self.inquiry.duplicate_of_id:
            raise ValidationError(_("Undo the merge first."))
        return self.cleaned_data["status"]

    def perform(self) -> None:
        work.change_status(self.user, self.inquiry, Status(self.cleaned_data["status"]))


class AssignForm(StepForm):
    """Whose work it is."""

    success = _("The owner is changed.")
    guards_changes = True
    owner: forms.ModelChoiceField = forms.ModelChoiceField(
        queryset=None,
        label=_("Owner"),
        required=False,
        empty_label=_("Nobody"),
        error_messages={"invalid_choice": _("Choose a colleague from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = colleagues()  # type: ignore[attr-defined]
        self.initial["owner"] = self.inquiry.assigned_to_id

    def perform(self) -> None:
        work.assign(self.user, self.inquiry, self.cleaned_data["owner"])


class TakeForm(StepForm):
    """Make it one's own work, by one click."""

    success = _("The inquiry is yours.")
    guards_changes = True

    def perform(self) -> None:
        work.assign(self.user, self.inquiry, self.user)


class NoteForm(StepForm):
    """A note for colleagues. It is sealed like what the visitor wrote."""

    success = _("The note is added.")
    text = note_field(_("Note"), _("Write the note first."))

    def perform(self) -> None:
        work.add_note(self.user, self.inquiry, self.cleaned_data["text"])


class AttemptForm(StepForm):
    """How it went, and when to come back to it."""

    success = _("What you did is written down.")
    kind = forms.ChoiceField(
        label=_("What did you do?"),
        choices=[(kind.value, kind.label) for kind in ATTEMPTS],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you did.")},
    )
    text = note_field(_("Note (optional)"), rows=2)
    follow_up = day_field(
        label=_("Come back to it on (optional)"),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        practice = PracticeSettings.load()
        self.initial["follow_up"] = business_day_after(USUAL_FOLLOW_UP, practice)

    def clean_follow_up(self) -> datetime.date | None:
        return not_past(self.cleaned_data["follow_up"])

    def perform(self) -> None:
        answers = self.cleaned_data
        kind = NoteKind(answers["kind"])
        work.log_attempt(self.user, self.inquiry, kind, answers["text"], answers["follow_up"])


class FollowUpForm(StepForm):
    """A day to come back to it, and why."""

    success = _("The follow-up is planned.")
    day = day_field(label=_("Come back to it on"))
    reason = note_field(_("Why"), _("Write down why, for whoever opens it on that day."), rows=2)

    def clean_day(self) -> datetime.date | None:
        return not_past(self.cleaned_data["day"])

    def perform(self) -> None:
        answers = self.cleaned_data
        work.plan_follow_up(self.user, self.inquiry, answers["day"], answers["reason"])


class HoldForm(StepForm):
    """Why it must not be removed on its day."""

    success = _("The inquiry is kept until somebody lifts the hold.")
    reason = note_field(_("Why it must be kept"), _("Write down why it must be kept."), rows=2)

    def perform(self) -> None:
        work.hold(self.user, self.inquiry, self.cleaned_data["reason"])


class LiftHoldForm(StepForm):
    """Let it go on its day again."""

    success = _("The hold is lifted.")

    def perform(self) -> None:
        work.hold(self.user, self.inquiry, "")


class PutAsideForm(StepForm):
    """It may be spam: out of the open list, and in the one for possible spam."""

    success = _("The inquiry is put aside as possible spam.")

    def perform(self) -> None:
        work.set_aside(self.user, self.inquiry, aside=True)


class RescueForm(StepForm):
    """It is no spam."""

    success = _("The inquiry is back in the open list.")

    def perform(self) -> None:
        work.set_aside(self.user, self.inquiry, aside=False)


class MergeForm(StepForm):
    """Another inquiry of the same person, to be answered under this one."""

    success = _("The two are merged. You can undo this below.")
    duplicate = forms.ModelChoiceField(
        queryset=Inquiry.objects.filter(duplicate_of=None, duplicates=None),
        widget=forms.HiddenInput,
        error_messages={
            "invalid_choice": _("It is merged already, or another one is merged into it.")
        },
    )

    def clean_duplicate(self) -> Inquiry:
        duplicate = self.cleaned_data["duplicate"]
        if duplicate == self.inquiry or self.inquiry.duplicate_of_id:
            raise ValidationError(_("It is merged already, or another one is merged into it."))
        if not same_person(self.inquiry, duplicate):
            raise ValidationError(_("It has neither the same e-mail address nor the same number."))
        if duplicate.state_of_work.is_open and not self.inquiry.state_of_work.is_open:
            raise ValidationError(
                _("This one is finished and the other is open. Merge this one into the other.")
            )
        return duplicate

    def perform(self) -> None:
        work.merge(self.user, self.inquiry, self.cleaned_data["duplicate"])


class SeparateForm(StepForm):
    """Undo a merge: this inquiry stands on its own again."""

    success = _("The inquiry stands on its own again.")

    def clean(self) -> dict[str, Any]:
        if not self.inquiry.duplicate_of_id and not self.inquiry.status_before_merge:
            raise ValidationError(_("It stands on its own already."))
        return super().clean()

    def perform(self) -> None:
        work.unmerge(self.user, self.inquiry)
