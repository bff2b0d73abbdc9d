"""What is the practice's own: facts that every page shows, or keeps silent about while empty."""

import datetime
import re
import zoneinfo

import phonenumbers
from django import forms
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from localflavor.us.us_states import STATE_CHOICES
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting
from wagtail.fields import RichTextField, StreamField

from ..blocks.practice import NUMBERS_OF_DAYS, CrisisLineBlock, OpeningHoursBlock
from ..crisis import DEFAULT_LINES
from ..known import known


def _time_zones() -> list[tuple[str, str]]:
    """The zones that a practice can be in, without the historical and technical ones."""
    regions = ("America/", "Pacific/", "Europe/", "Australia/", "Atlantic/")
    zones = sorted(z for z in zoneinfo.available_timezones() if z.startswith(regions))
    return [(zone, zone.replace("_", " ")) for zone in zones]


class PracticeForm(WagtailAdminModelForm):
    """The settings screen, with choices that follow published lists instead of the database."""

    states_served = forms.MultipleChoiceField(
        choices=STATE_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("States served"),
        help_text=_("Where your clinicians are licensed to see people. Visitors see this."),
    )
    time_zone = forms.ChoiceField(
        choices=lambda: [("", _("Not set")), *_time_zones()],
        required=False,
        label=_("Time zone"),
        help_text=_("Opening hours and reply days are counted in this zone."),
    )


@register_setting(icon="home")
class PracticeSettings(BaseGenericSetting):
    """Facts about the practice. A field that is empty shows nothing on any page."""

    base_form_class = PracticeForm

    name = models.CharField(
        _("name"), max_length=120, blank=True, help_text=_("Visitors see this on every page.")
    )
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        help_text=_("As you want it read. Visitors see this on every page."),
    )
    street_address = models.CharField(_("street"), max_length=255, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    region = models.CharField(_("state"), max_length=60, blank=True)
    postal_code = models.CharField(_("ZIP code"), max_length=20, blank=True)
    hours = StreamField(
        [("hours", OpeningHoursBlock())],
        blank=True,
        verbose_name=_("opening hours"),
        help_text=_("When people can reach you. Visitors see this."),
    )
    time_zone = models.CharField(_("time zone"), max_length=60, blank=True)
    reply_within_days = models.PositiveSmallIntegerField(
        _("reply promise in business days"),
        null=True,
        blank=True,
        help_text=_(
            "Whoever writes is promised a reply within this many business days, and staff see the "
            "same day as the due date. Leave it empty to promise nothing."
        ),
    )
    states_served = models.JSONField(_("states served"), default=list, blank=True)
    sees_people_by_video = models.BooleanField(
        _("we see people by video"),
        default=False,
        help_text=_(
            "The rules for controlled medicines by video change. Check them before you tick this."
        ),
    )
    crisis_lines = StreamField(
        [("line", CrisisLineBlock())],
        blank=True,
        verbose_name=_("crisis lines"),
        help_text=_(
            "Shown on every page. While this is empty, the site shows 988 and 911 for the "
            "United States."
        ),
    )
    crisis_text = RichTextField(
        _("crisis text"),
        editor="short",
        blank=True,
        help_text=_("A sentence or two that stands above the lines in a crisis panel."),
    )
    crisis_checked_on = models.DateField(
        _("crisis lines checked on"),
        null=True,
        blank=True,
        help_text=_("The day on which somebody last tried every number. Visitors see this."),
    )

    panels = [
        MultiFieldPanel([FieldPanel("name"), FieldPanel("phone")], heading=_("The practice")),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("street_address", "city", "region", "postal_code")],
            heading=_("Address"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("hours", "time_zone", "reply_within_days")],
            heading=_("Hours and replies"),
        ),
        MultiFieldPanel(
            [FieldPanel("states_served"), FieldPanel("sees_people_by_video")],
            heading=_("Where you see people"),
        ),
        MultiFieldPanel(
            [FieldPanel(n) for n in ("crisis_text", "crisis_lines", "crisis_checked_on")],
            heading=_("Crisis help"),
        ),
    ]

    class Meta:
        verbose_name = _("practice")

    def __str__(self) -> str:
        return self.name or str(_("Practice"))

    @classmethod
    def of(cls, request: HttpRequest) -> "PracticeSettings":
        """The facts for a page. Nobody may change them: see `pages.known`."""
        return known(request, "practice", cls.load)

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        """The practice's time zone; the site's own while none is set."""
        return zoneinfo.ZoneInfo(self.time_zone or timezone.get_default_timezone_name())

    @property
    def zone_name(self) -> str:
        """The time zone as it reads on a page: the city that it is named after."""
        return self.time_zone.rpartition("/")[2].replace("_", " ")

    @property
    def closing_times(self) -> dict[int, datetime.time]:
        """When the practice closes, for each day of the week that its hours have; Monday is 0."""
        times: dict[int, datetime.time] = {}
        for block in self.hours:
            for key in block.value["days"]:
                day, closes = NUMBERS_OF_DAYS[key], block.value["closes"]
                times[day] = max(closes, times.get(day, closes))
        return times

    @property
    def phone_for_dialing(self) -> str:
        """The phone number as a `tel:` link takes it: letters as on a keypad, extension apart."""
        try:
            number = phonenumbers.parse(self.phone, "US")
        except phonenumbers.NumberParseException:
            return re.sub(r"[^0-9+]", "", self.phone)
        written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.RFC3966)
        return written.removeprefix("tel:")

    @property
    def has_address(self) -> bool:
        """Whether enough of the address is there to find the door."""
        return bool(self.street_address and self.city)

    @property
    def states_served_names(self) -> list[str]:
        """The states served, by name, in the alphabet's order."""
        return [str(name) for code, name in STATE_CHOICES if code in self.states_served]

    @property
    def lines(self) -> list:
        """The practice's crisis lines, or the national ones: this list is never empty."""
        return [block.value for block in self.crisis_lines] or list(DEFAULT_LINES)
