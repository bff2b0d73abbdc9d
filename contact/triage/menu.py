"""How many people wait: beside the menu item, and on the first page of the admin."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import AbstractBaseUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from pages.models import PracticeSettings

from ..clock import end_of, today
from ..counting import bounded_count
from ..models import Inquiry

VIEW = "contact.view_inquiry"


class InquiriesMenuItem(MenuItem):
    """The inbox, with the number of people who have not heard from anybody yet."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VIEW)

    def render_component(self, request: HttpRequest) -> Any:
        component = super().render_component(request)
        count = bounded_count(Inquiry.objects.open().trusted().unanswered())
        if count != "0":
            component.label = f"{self.label} ({count})"
        return component


class Line(NamedTuple):
    """One line of the panel: a number, what it counts, and where to see them."""

    number: str
    label: str | Promise
    url: str


class InquiriesPanel(Component):
    """What waits today. It is shown to whoever may see inquiries."""

    order = 50
    template_name = "contact/triage/home_panel.html"

    def __init__(self, user: AbstractBaseUser) -> None:
        self.user = user

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        return {"lines": list(self._lines()), "inbox": reverse("inquiry:index")}

    def _lines(self) -> Iterator[Line]:
        practice, inbox = PracticeSettings.load(), reverse("inquiry:index")
        now, evening = timezone.now(), end_of(today(practice), practice)
        midnight = evening.replace(hour=0, minute=0)
        rows = Inquiry.objects.open()
        trusted = rows.trusted()
        yield Line(bounded_count(trusted.unanswered()), _("waiting for a first reply"), inbox)
        yield Line(bounded_count(trusted.late(now)), _("late"), f"{inbox}?tab=late")
        due = trusted.filter(due_at__gte=now, due_at__lte=evening)
        yield Line(bounded_count(due), _("due today"), f"{inbox}?due=today")
        nobodys = trusted.filter(assigned_to=None)
        yield Line(bounded_count(nobodys), _("without an owner"), f"{inbox}?tab=unassigned")
        mine = rows.filter(assigned_to_id=self.user.pk)
        yield Line(bounded_count(mine), _("yours"), f"{inbox}?tab=mine")
        aside = rows.filter(quarantined=True)
        new = bounded_count(aside.filter(created_at__gte=midnight))
        label = _("put aside as possible spam, %s of them today") % new
        yield Line(bounded_count(aside), label, f"{inbox}?tab=spam")
