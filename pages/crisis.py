"""Crisis help that is there before anybody has set anything up, and when everything else fails."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class CrisisLine(NamedTuple):
    """A way to reach somebody now: what it is for, how it reads, and what a tap does."""

    label: str | Promise
    contact: str | Promise
    href: str
    detail: str | Promise


# Sources: the 988 Lifeline's and Crisis Text Line's own public descriptions of their services.
DEFAULT_LINES = (
    CrisisLine(
        _("Suicide and Crisis Lifeline"),
        _("Call or text 988"),
        "tel:988",
        _("Day and night. Press 1 for veterans, 2 for Spanish."),
    ),
    CrisisLine(_("In danger right now"), _("Call 911"), "tel:911", _("Police, fire, ambulance.")),
    CrisisLine(
        _("Crisis Text Line"), _("Text HOME to 741741"), "sms:741741?&body=HOME", _("By text.")
    ),
)
