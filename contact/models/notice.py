"""Mail that is still to be sent, as rows: a worker that dies forgets nothing."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .blind import BlindTerm, Kind, normal_email
from .inquiry import Inquiry

MOST_ATTEMPTS = 20  # Nearly three days: a mail server that is away for a weekend loses nothing.
LONGEST_WAIT = datetime.timedelta(hours=6)
# A worker that has claimed a notice has this long to send it; after that another may try. Longer
# than the mail server's time limits (EMAIL_TIMEOUT, several times), shorter than anybody waits.
LEASE = datetime.timedelta(minutes=5)


def wait_after(attempts: int) -> datetime.timedelta:
    """How long to wait after so many failures: 1, 2, 4, 8 … minutes, and never over six hours."""
    return min(datetime.timedelta(minutes=2 ** min(attempts - 1, 10)), LONGEST_WAIT)


class NoticeQuerySet(models.QuerySet["Notice"]):
    """Notices by what the worker has to do with them."""

    def waiting(self) -> "NoticeQuerySet":
        """Neither sent nor given up."""
        return self.filter(sent_at=None, dead=False)

    def given_up(self) -> "NoticeQuerySet":
        """Those that nobody tries any more."""
        return self.filter(sent_at=None, dead=True)

    def unsent(self) -> "NoticeQuerySet":
        """Those that have not gone out: given up first, then by when they are tried next."""
        return self.filter(sent_at=None).order_by("-dead", "next_attempt_at", "pk")

    def to_staff(self) -> "NoticeQuerySet":
        """Those to staff. A visitor's mistyped address is no fault of the site's."""
        return self.exclude(kind=Notice.Kind.ACKNOWLEDGEMENT)

    def acknowledgements_to(self, email: str) -> "NoticeQuerySet":
        """Those to a visitor's address, found by the blind index."""
        terms = BlindTerm.objects.matching(Kind.EMAIL, normal_email(email))
        return self.filter(
            kind=Notice.Kind.ACKNOWLEDGEMENT, inquiry_id__in=terms.values("inquiry_id")
        )

    def due(self, now: datetime.datetime) -> "NoticeQuerySet":
        """Those to try now, the one that has waited longest first.

        A clock that was ahead and was put right leaves times behind that nobody would plan: what
        was never tried is due whatever its time says, and so is what would wait for too long.
        """
        has_come = models.Q(next_attempt_at__lte=now)
        never_tried = models.Q(attempts=0)
        nobodys_plan = models.Q(next_attempt_at__gt=now + LONGEST_WAIT + LEASE)
        due = has_come | never_tried | nobodys_plan
        return self.waiting().filter(due).order_by("next_attempt_at", "pk")


class MailNotices(models.Manager.from_queryset(NoticeQuerySet)):  # type: ignore[misc]
    """Those that stand for a mail to somebody, and so not that of the test."""

    def get_queryset(self) -> NoticeQuerySet:
        return super().get_queryset().exclude(kind=Notice.Kind.REHEARSAL)


class Notice(models.Model):
    """One mail to one address. Its text is fixed by its kind; the row adds nothing to it."""

    class Kind(models.TextChoices):
        NEW_INQUIRY = "new_inquiry", _("New inquiry")
        ACKNOWLEDGEMENT = "acknowledgement", _("Acknowledgement")
        # To nobody: the worker finds out whether a mail could go to staff now, and sends none.
        REHEARSAL = "rehearsal", _("Hourly test")

    inquiry = models.ForeignKey(
        Inquiry, null=True, blank=True, on_delete=models.CASCADE, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.NEW_INQUIRY)
    # An address of staff. A visitor's stays sealed in the inquiry, and this is empty.
    recipient = models.EmailField(_("recipient"), max_length=320, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=100, blank=True)
    dead = models.BooleanField(_("given up"), default=False)

    objects = MailNotices()
    everything = NoticeQuerySet.as_manager()  # For the worker, and for the test itself.

    class Meta:
        default_permissions = ("view", "change")
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "kind", "recipient"], name="notice_once")
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="notice_waiting",
                condition=models.Q(sent_at=None, dead=False),
            ),
            # What has not gone out, as it is listed: few rows, however many have gone out.
            models.Index(
                fields=["-dead", "next_attempt_at", "id"],
                name="notice_unsent",
                condition=models.Q(sent_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def address(self) -> str:
        """Where the mail goes. Opens the inquiry's sealed address for mail to a visitor."""
        if self.kind == self.Kind.ACKNOWLEDGEMENT and self.inquiry:
            return self.inquiry.email
        return self.recipient

    def claim(self, now: datetime.datetime) -> bool:
        """Take the notice for this worker. Returns False when another one was quicker.

        One conditional UPDATE on either database: it changes the row only if the row still is as
        this worker read it, so of two workers one gets it, and a worker that dies gives it back
        when the lease runs out.
        """
        seen, self.next_attempt_at = self.next_attempt_at, now + LEASE
        self.attempts += 1
        rows = Notice.everything.waiting().filter(pk=self.pk, next_attempt_at=seen)
        return bool(rows.update(attempts=self.attempts, next_attempt_at=self.next_attempt_at))

    def mark_sent(self, now: datetime.datetime) -> None:
        """Write down that the mail server has taken it."""
        self._write(sent_at=now, last_error="")

    def mark_failed(self, now: datetime.datetime, error: str) -> None:
        """Plan the next attempt, or give up after the last one. `error` holds no private text."""
        self._write(
            last_error=error[:100],
            dead=self.attempts >= MOST_ATTEMPTS,
            next_attempt_at=now + wait_after(self.attempts),
        )

    def send_again(self, now: datetime.datetime) -> bool:
        """Start anew with a notice that was given up. False when it is so no longer.

        Like `claim` one conditional UPDATE: of two people who ask for it at once, one did it.
        """
        rows = Notice.objects.given_up().filter(pk=self.pk)
        return bool(rows.update(dead=False, attempts=0, next_attempt_at=now))

    def _write(self, **values: Any) -> None:
        """Update the row if it is still there: its inquiry may have been removed meanwhile."""
        for name, value in values.items():
            setattr(self, name, value)
        Notice.everything.filter(pk=self.pk).update(**values)
