"""Mail: whether it is set up, whether the server would take it, and whether one really goes."""

from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from contact.mailserver import reason, would_take_mail
from contact.models import Notice

from .findings import Finding, Hint, look

NOT_SENT = ("console.EmailBackend", "dummy.EmailBackend", "filebased.EmailBackend")


@look(11, "Mail")
def _mail() -> Hint:
    if settings.EMAIL_BACKEND.endswith(NOT_SENT):
        return "EMAIL_URL is not set: mail is only printed."
    return ""


@look(12, "Mail server")
def _mail_server() -> Hint:
    """A session with the server, sign-in and addresses included, that sends nothing."""
    try:
        would_take_mail(settings.INQUIRY_NOTICE_EMAILS)
    except Exception as error:  # A mail backend may raise anything at all.
        return (
            f"The mail server would not take a notice ({reason(error)}). Look at EMAIL_URL, "
            "DEFAULT_FROM_EMAIL and INQUIRY_NOTICE_EMAILS."
        )
    return ""


@look(13, "Addresses for notices")
def _notices() -> Hint:
    if settings.INQUIRY_NOTICE_EMAILS:
        return ""
    return "INQUIRY_NOTICE_EMAILS is empty: nobody is told that an inquiry has arrived."


@look(14, "Notices sent")
def _unsent() -> Hint:
    an_hour_ago = timezone.now() - timedelta(hours=1)
    if not Notice.objects.waiting().filter(next_attempt_at__lt=an_hour_ago).exists():
        return ""
    return "Notices wait for over an hour: is `deliver` running?"


@look(15, "No notice given up")
def _given_up() -> Hint:
    count = Notice.objects.to_staff().given_up().count()
    if not count:
        return ""
    return (
        f"{count} notices were given up. Look at EMAIL_URL and INQUIRY_NOTICE_EMAILS, then send "
        "them again under Reports > Mail that waits."
    )


def sends_to(address: str) -> Finding:
    """Send a mail for real. That the server took it is all that can be known from here."""
    mail = EmailMessage(
        subject="A test of the website's mail",
        body=f"{settings.SITE_URL} can send mail. Somebody ran `manage.py doctor --mail`.",
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
    )
    name, subject = "kapsite.D032", "A mail was sent: see whether it arrives, and not as spam"
    try:
        mail.send()
    except Exception as error:  # A mail backend may raise anything at all.
        return Finding(name, subject, f"It was not sent ({reason(error)}). Look at EMAIL_URL.")
    return Finding(name, subject)
