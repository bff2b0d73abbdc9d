"""Doing the same thing to several inquiries: giving them to somebody, moving them on."""

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views import View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request

from ..access import AuditedAccessMixin, staff_of
from ..models import Inquiry, MoveNotAllowed, Status
from . import work
from .people import colleagues

MOST_AT_ONCE = 200  # Four pages of the inbox; more would hold up whoever writes in meanwhile.
Step = Callable[[Inquiry], None]


class BulkForm(forms.Form):
    """What to do, in one list. Which inquiries, the boxes of the inbox say."""

    action = forms.ChoiceField(
        label=_("With the chosen inquiries"),
        error_messages={
            "required": _("Choose what to do with them."),
            "invalid_choice": _("Choose what to do with them from the list."),
        },
    )

    def __init__(self, *args: Any, user: AbstractBaseUser, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.colleagues = {str(colleague.pk): colleague for colleague in colleagues()}
        self.fields["action"].choices = self._choices()  # type: ignore[attr-defined]

    def _choices(self) -> list[tuple[Any, Any]]:
        others = (pair for pair in self.colleagues.items() if pair[0] != str(self.user.pk))
        return [
            ("", _("Choose what to do")),
            (
                _("Give to"),
                [
                    (f"assign:{self.user.pk}", _("Me")),
                    *((f"assign:{key}", str(colleague)) for key, colleague in others),
                    ("assign:", _("Nobody")),
                ],
            ),
            (_("Set the status"), [(f"status:{s.value}", s.label) for s in Status]),
            (_("Spam check"), [("aside:yes", _("Put aside")), ("aside:no", _("Not spam"))]),
        ]

    def step(self) -> Step:
        """What is done to each inquiry; it may raise MoveNotAllowed."""
        verb, _colon, value = self.cleaned_data["action"].partition(":")
        steps: dict[str, Step] = {
            "assign": partial(work.assign, self.user, owner=self.colleagues.get(value)),
            "status": partial(work.change_status, self.user, target=value),
            "aside": partial(work.set_aside, self.user, aside=value == "yes"),
        }
        return steps[verb]


@transaction.atomic
def take_steps(step: Step, keys: Iterable[str]) -> tuple[int, list[str]]:
    """Do it to each inquiry that allows it; returns how many did and the others' references.

    All or nothing as far as the database goes: a failure in the middle takes everything back.
    """
    done, refused = 0, []
    for inquiry in Inquiry.objects.select_for_update().filter(pk__in=keys).order_by("pk"):
        try:
            step(inquiry)
            done += 1
        except MoveNotAllowed:
            refused.append(inquiry.reference)
    return done, refused


class BulkView(AuditedAccessMixin, View):
    """Takes what the inbox's form sends and goes back to where it came from."""

    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponseRedirect:
        form = BulkForm(request.POST, user=staff_of(request))
        chosen = request.POST.getlist("chosen")[:MOST_AT_ONCE]
        if not chosen:
            messages.error(request, _("Tick the inquiries first."))
        elif not form.is_valid():
            messages.error(request, form.errors["action"][0])
        else:
            self._tell(*take_steps(form.step(), filter(_is_key, chosen)))
        back = get_valid_next_url_from_request(request) or reverse("inquiry:index")
        return HttpResponseRedirect(back)

    def _tell(self, done: int, refused: list[str]) -> None:
        if done:
            text = ngettext("%s inquiry is changed.", "%s inquiries are changed.", done)
            messages.success(self.request, text % done)
        if refused:
            text = ngettext(
                "%s cannot go there from where it is, and stays.",
                "%s cannot go there from where they are, and stay.",
                len(refused),
            )
            messages.warning(self.request, text % ", ".join(refused))


def _is_key(text: str) -> bool:
    """Whether a text that came back can be the key of an inquiry."""
    try:
        Inquiry._meta.pk.to_python(text)
    except forms.ValidationError:
        return False
    return True
