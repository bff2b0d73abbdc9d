"""What the inbox can be narrowed down to: saved tabs and filters. None of it is private."""

import datetime
from collections.abc import Callable
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from pages.models import PracticeSettings

from ..clock import DayInput, end_of, today
from ..models import ContactPage, Inquiry, Status
from ..models.inquiry import InquiryQuerySet
from .people import colleagues

NOBODY = "nobody"
A_WEEK = datetime.timedelta(days=7)


class Tab(NamedTuple):
    """A list that staff come back to every day. Only "all" has finished inquiries in it."""

    slug: str
    label: Promise
    rows: Callable[[InquiryQuerySet, AbstractBaseUser], InquiryQuerySet]


TABS = (
    Tab("open", _("Open"), lambda rows, user: rows.trusted()),
    Tab("mine", _("Mine"), lambda rows, user: rows.filter(assigned_to_id=user.pk)),
    Tab("unassigned", _("Unassigned"), lambda rows, user: rows.trusted().filter(assigned_to=None)),
    Tab("late", _("Late"), lambda rows, user: rows.trusted().late(timezone.now())),
    Tab("spam", _("Possible spam"), lambda rows, user: rows.filter(quarantined=True)),
    Tab("all", _("All"), lambda rows, user: rows),
)
TABS_BY_SLUG = {tab.slug: tab for tab in TABS}
DEFAULT_TAB, ALL = TABS[0].slug, TABS[-1].slug

DUE = [
    ("late", _("Late")),
    ("today", _("Late or today")),
    ("week", _("Within a week")),
    ("never", _("Nothing planned")),
]


def due_rows(rows: InquiryQuerySet, name: str, choice: str) -> InquiryQuerySet:
    """Those that are due by the moment that a choice means."""
    if choice == "never":
        return rows.filter(due_at=None)
    practice = PracticeSettings.load()
    moments = {
        "late": timezone.now(),
        "today": end_of(today(practice), practice),
        "week": timezone.now() + A_WEEK,
    }
    return rows.late(moments[choice])


def owner_rows(rows: InquiryQuerySet, name: str, choice: str) -> InquiryQuerySet:
    """Those of one colleague, or of nobody."""
    if choice == NOBODY:
        return rows.filter(assigned_to=None)
    return rows.filter(assigned_to_id=int(choice))


def owners() -> list[tuple[str, Any]]:
    """The choices of an owner: nobody, and every colleague."""
    return [(NOBODY, _("Nobody")), *((str(user.pk), str(user)) for user in colleagues())]


def topics() -> list[tuple[str, str]]:
    """The topics that visitors can choose from today."""
    page = ContactPage.objects.only("topics").first()
    return [(topic, topic) for topic in page.topic_labels] if page else []


class DayRange(DateRangePickerWidget):
    """Two days, in the browser's own fields: see `DayInput`."""

    def __init__(self, attrs: Any = None) -> None:
        super().__init__(attrs)
        self.widgets = [DayInput(), DayInput()]
        for widget, name in zip(self.widgets, (_("From"), _("To")), strict=True):
            widget.attrs["aria-label"] = name


class InboxFilters(WagtailFilterSet):
    """The filters beside the tabs."""

    status = django_filters.MultipleChoiceFilter(
        choices=Status.choices, label=_("Status"), widget=forms.CheckboxSelectMultiple
    )
    owner = django_filters.ChoiceFilter(
        choices=owners, method=owner_rows, label=_("Owner"), empty_label=_("Anybody")
    )
    topic = django_filters.ChoiceFilter(
        choices=topics, label=_("Topic"), empty_label=_("Any topic")
    )
    due = django_filters.ChoiceFilter(
        choices=DUE, method=due_rows, label=_("Due"), empty_label=_("Any time")
    )
    received = django_filters.DateFromToRangeFilter(
        field_name="created_at",
        label=_("Received"),
        widget=DayRange,
    )
    quarantined = django_filters.ChoiceFilter(
        choices=[("True", _("Put aside")), ("False", _("Not put aside"))],
        label=_("Spam check"),
        empty_label=_("Either"),
    )

    class Meta:
        model = Inquiry
        fields: list[str] = []
