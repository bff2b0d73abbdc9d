"""Blocks of the practice's settings screen."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError

WEEKDAYS = [
    ("mon", _("Monday")),
    ("tue", _("Tuesday")),
    ("wed", _("Wednesday")),
    ("thu", _("Thursday")),
    ("fri", _("Friday")),
    ("sat", _("Saturday")),
    ("sun", _("Sunday")),
]
NUMBERS_OF_DAYS = {key: number for number, (key, _name) in enumerate(WEEKDAYS)}
DAYS_OF_SCHEMA_ORG = dict(
    zip(
        NUMBERS_OF_DAYS,
        ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
        strict=True,
    )
)


class OpeningHoursValue(blocks.StructValue):
    @property
    def day_names(self) -> list:
        """The days in the order of the week, as they read on the page."""
        return [name for key, name in WEEKDAYS if key in self["days"]]


class OpeningHoursBlock(blocks.StructBlock):
    """Days of the week with the same hours."""

    days = blocks.MultipleChoiceBlock(choices=WEEKDAYS, label=_("Days"))
    opens = blocks.TimeBlock(label=_("Open from"))
    closes = blocks.TimeBlock(label=_("until"))

    class Meta:
        icon = "time"
        label = _("Hours")
        value_class = OpeningHoursValue

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if cleaned["closes"] <= cleaned["opens"]:
            message = _("Choose a time that is later than the one before it.")
            raise StructBlockValidationError({"closes": ValidationError(message)})
        return cleaned


class CrisisLineValue(blocks.StructValue):
    """Has the attributes of `pages.crisis.CrisisLine`, so that a page can show either."""

    label = property(lambda self: self["label"])
    contact = property(lambda self: self["contact"])
    href = property(lambda self: self["href"])
    detail = property(lambda self: self["detail"])


class CrisisLineBlock(blocks.StructBlock):
    """A number that somebody in crisis can call or write to."""

    label = blocks.CharBlock(label=_("Name of the line"), max_length=80)
    contact = blocks.CharBlock(
        label=_("What to do"), max_length=80, help_text=_("For example: Call or text 988.")
    )
    href = blocks.CharBlock(
        label=_("What a tap does"),
        max_length=120,
        validators=[
            RegexValidator(
                r"^(tel:|sms:|https://)\S+$", _("Begin with tel:, sms: or https://, no spaces.")
            )
        ],
        help_text=_("For example: tel:988 or sms:741741?&body=HOME."),
    )
    detail = blocks.CharBlock(label=_("Detail"), max_length=160, required=False)

    class Meta:
        icon = "warning"
        label = _("Crisis line")
        value_class = CrisisLineValue
