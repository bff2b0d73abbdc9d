"""What a notice says, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..models import Notice

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
