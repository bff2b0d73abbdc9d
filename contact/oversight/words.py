"""What rows say, in words."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import AuditEntry, Notice, Status

# What the worker writes down when a mail was not sent: the kind of error, and what it means.
ERRORS = {
    "SMTPRecipientsRefused": gettext_lazy("The mail server does not take mail for this address"),
    "SMTPSenderRefused": gettext_lazy("The mail server does not take mail from our address"),
    "SMTPDataError": gettext_lazy("The mail server did not take the mail"),
    "SMTPAuthenticationError": gettext_lazy("The mail server did not accept our password"),
    "SMTPNotSupportedError": gettext_lazy("The mail server cannot do what EMAIL_URL asks of it"),
    "SMTPServerDisconnected": gettext_lazy("The mail server ended the connection"),
    "SMTPConnectError": gettext_lazy("The mail server did not let us in"),
    "ConnectionRefusedError": gettext_lazy("The mail server could not be reached"),
    "ConnectionResetError": gettext_lazy("The mail server ended the connection"),
    "TimeoutError": gettext_lazy("The mail server did not answer in time"),
    "gaierror": gettext_lazy("The mail server's name was not found"),
    "SSLCertVerificationError": gettext_lazy("The mail server's certificate is not to be trusted"),
    "Damaged": gettext_lazy("The visitor's address cannot be opened"),
    "UnknownKey": gettext_lazy("The visitor's address cannot be opened"),
}


def error_in_words(notice: Notice) -> str:
    """Why a mail did not go out, with what a technician would ask for; nothing before a try."""
    if not notice.last_error:
        return ""
    kind = notice.last_error.partition(" ")[0]
    return f"{ERRORS.get(kind, _('The mail could not be sent'))} ({notice.last_error})"


def recipient_in_words(notice: Notice) -> str:
    """Whom a mail is for. A visitor's address stays sealed."""
    if notice.kind == Notice.Kind.ACKNOWLEDGEMENT:
        return _("The visitor")
    return notice.recipient


def detail_in_words(entry: AuditEntry) -> str:
    """What an audit entry says besides who and what, such as `status: New → Closed`."""
    return "; ".join(
        f"{key.replace('_', ' ')}: {_value_in_words(value, key)}"
        for key, value in entry.detail.items()
    )


def _value_in_words(value: Any, key: str) -> str:
    """A value of the detail. Two in a list are what was and what is."""
    if isinstance(value, list):
        words = [_value_in_words(each, key) for each in value]
        return " → ".join(words) if len(words) == 2 else ", ".join(words)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value in (None, ""):
        return _("nothing")
    return str(Status(value).label) if key == "status" and value in Status else str(value)
