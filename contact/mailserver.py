"""Asking the mail server whether it would take our mail, without sending any."""

import smtplib
from collections.abc import Iterable

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.message import sanitize_address


def would_take_mail(recipients: Iterable[str]) -> None:
    """Open a session, sign in, name the sender and each recipient, and take it all back.

    Raises what a backend raises when a mail cannot be sent. A way of sending that has no session
    (a provider's web API, a console) is asked nothing.
    """
    with get_connection() as backend:
        session = getattr(backend, "connection", None)
        if not isinstance(session, smtplib.SMTP):
            return
        session.ehlo_or_helo_if_needed()
        _name_everybody(session, _as_sent(settings.DEFAULT_FROM_EMAIL), recipients)
        session.rset()


def _as_sent(address: str) -> str:
    """An address as Django's backend names it to the server. Raises ValueError for what is none."""
    return sanitize_address(address, settings.DEFAULT_CHARSET)


def _name_everybody(session: smtplib.SMTP, sender: str, recipients: Iterable[str]) -> None:
    """Raises SMTPSenderRefused, or SMTPRecipientsRefused with the one that is refused."""
    code, words = session.mail(sender)
    if code != 250:
        raise smtplib.SMTPSenderRefused(code, words, sender)
    for recipient in recipients:
        code, words = session.rcpt(_as_sent(recipient))
        if code not in (250, 251):
            raise smtplib.SMTPRecipientsRefused({recipient: (code, words)})


def reason(error: Exception) -> str:
    """What went wrong in a few words. A server's own words may quote the mail: they stay out."""
    code = getattr(error, "smtp_code", None)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next((code for code, _text in error.recipients.values()), None)
    return f"{type(error).__name__} {code or ''}".strip()
