"""What a visitor sent, and what staff wrote about it."""

import datetime
import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .settings import TriageSettings
from .status import ANSWERED, FINISHED, OPEN, MoveNotAllowed, Status

# Without vowels there are no words, and without 0 1 2 5 8 B I L O S U Z no two look alike.
REFERENCE_ALPHABET = "34679CDFGHJKMNPQRTVWXY"


def make_reference() -> str:
    """A random public name for an inquiry, as it is read out on the phone: `XXXX-XXXX`."""
    characters = [secrets.choice(REFERENCE_ALPHABET) for _position in range(8)]
    return "".join(characters[:4]) + "-" + "".join(characters[4:])


class ContactBy(models.TextChoices):
    """How somebody wants to be reached."""

    EMAIL = "email", _("By e-mail")
    PHONE = "phone", _("By phone")


class BestTime(models.TextChoices):
    """When somebody is best called. Choices and not free text, so that nothing private is here."""

    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("In the afternoon")
    EVENING = "evening", _("In the evening")


class Source(models.TextChoices):
    """How an inquiry came in."""

    FORM = "form", _("Contact form")
    PHONE = "phone", _("Phone call")
    REHEARSAL = "rehearsal", _("Hourly test")


class Suspicion(models.TextChoices):
    """Why an inquiry was put aside. A suspicion is for staff to judge; nobody is refused for it."""

    TRAP = "trap", _("a hidden field was filled in")
    TOO_FAST = "too_fast", _("it was filled in too fast")
    NO_STAMP = "no_stamp", _("it did not come from our page")
    FOREIGN = "foreign", _("another website sent it")
    MANY = "many", _("many messages came from the same network within an hour")
    LINKS = "links", _("it holds several links, or one in the name")
    SPAM_WORDS = "spam_words", _("it reads like an advertisement")
    MIXED_SCRIPTS = "mixed_scripts", _("it mixes alphabets within a word")
    BY_STAFF = "by_staff", _("a colleague put it aside")


class InquiryQuerySet(models.QuerySet["Inquiry"]):
    """Inquiries by what they mean to staff."""

    def open(self) -> "InquiryQuerySet":
        """Those that somebody still has to do something about."""
        return self.filter(status__in=OPEN)

    def finished(self) -> "InquiryQuerySet":
        """Those that are referred, closed or spam."""
        return self.filter(status__in=FINISHED)

    def trusted(self) -> "InquiryQuerySet":
        """Those that no spam signal has put aside."""
        return self.filter(quarantined=False)

    def late(self, moment: datetime.datetime) -> "InquiryQuerySet":
        """Those that had to be looked at before the moment."""
        return self.filter(due_at__lt=moment)

    def unanswered(self) -> "InquiryQuerySet":
        """Those whose person has not heard from anybody."""
        return self.filter(answered_at=None)

    def by_due_time(self) -> "InquiryQuerySet":
        """The one that is due first on top; those that nothing was promised to, by age, last."""
        return self.order_by(models.F("due_at").asc(nulls_last=True), "created_at", "pk")

    def removable(
        self, status: Status, today: datetime.date, zone: datetime.tzinfo
    ) -> "InquiryQuerySet":
        """Those of a status whose removal day has come in the practice's zone and nobody holds.

        The longest finished first; of one status, since an index gives these without sorting.
        """
        kept = TriageSettings.load().days_of(status)
        first_kept = today - datetime.timedelta(days=kept - 1)
        midnight = datetime.datetime.combine(first_kept, datetime.time(), zone)
        due = self.filter(status=status, closed_at__lt=midnight, on_hold=False)
        return due.order_by("closed_at")


class PeoplesInquiries(models.Manager.from_queryset(InquiryQuerySet)):  # type: ignore[misc]
    """What people have sent or said, and so never the test of `contact.rehearsal`.

    It is what every list, number, export and removal begins with: whoever forgets that there is a
    test has left it out.
    """

    def get_queryset(self) -> InquiryQuerySet:
        return super().get_queryset().exclude(source=Source.REHEARSAL)


class Inquiry(models.Model):
    """One message from one person. The page that it came from may go; the inquiry stays."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    reference = models.CharField(
        _("reference"), max_length=9, unique=True, default=make_reference, editable=False
    )
    submission_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("received"), default=timezone.now, db_index=True)
    changed_at = models.DateTimeField(_("changed"), auto_now=True)
    source = models.CharField(
        _("source"), max_length=10, choices=Source.choices, default=Source.FORM
    )
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    language = models.CharField(_("language"), max_length=12, blank=True)

    name = SealedTextField(_("name"))
    email = SealedTextField(_("e-mail"), blank=True)
    phone = SealedTextField(_("phone"), blank=True)
    message = SealedTextField(_("message"), blank=True)

    contact_by = models.CharField(_("reach by"), max_length=10, choices=ContactBy.choices)
    voicemail_ok = models.BooleanField(_("voicemail is fine"), default=False)
    best_time = models.CharField(
        _("best time"), max_length=10, choices=BestTime.choices, blank=True
    )
    state = models.CharField(_("state"), max_length=2, blank=True)
    topic = models.CharField(_("topic"), max_length=100, blank=True)
    wants_acknowledgement = models.BooleanField(_("wants an acknowledgement"), default=False)
    consent_hash = models.CharField(_("consent text, SHA-256"), max_length=64, blank=True)
    consent_language = models.CharField(_("consent language"), max_length=12, blank=True)

    status = models.CharField(
        _("status"), max_length=20, choices=Status.choices, default=Status.NEW
    )
    quarantined = models.BooleanField(_("put aside as possible spam"), default=False)
    quarantine_reasons = models.JSONField(_("why put aside"), default=list, blank=True)
    promise = models.CharField(_("what was promised"), max_length=200, blank=True)
    reply_by = models.DateTimeField(_("reply promised by"), null=True, blank=True)
    answered_at = models.DateTimeField(_("first answered"), null=True, blank=True)
    follow_up_at = models.DateTimeField(_("follow up"), null=True, blank=True)
    # When something has to be done next; `reckon_due` keeps it.
    due_at = models.DateTimeField(_("due"), null=True, blank=True, db_index=True)
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="inquiries",
        verbose_name=_("owner"),
    )
    closed_at = models.DateTimeField(_("finished"), null=True, blank=True)
    # The inquiry of the same person that this one is worked on with, and where it stood before.
    duplicate_of = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="duplicates"
    )
    status_before_merge = models.CharField(max_length=20, choices=Status.choices, blank=True)
    on_hold = models.BooleanField(_("kept past its removal day"), default=False)
    hold_reason = SealedTextField(_("why it is kept"), blank=True)

    objects = PeoplesInquiries()
    # The test as well. For the way in, which is the same for all, and for the test itself.
    everything = InquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        permissions = [("export_inquiry", "Can export inquiries")]
        indexes = [
            models.Index(fields=["status", "due_at", "id"], name="inquiry_by_due_time"),
            models.Index(fields=["status", "created_at", "id"], name="inquiry_by_age"),
            models.Index(fields=["status", "closed_at"], name="inquiry_by_end"),
            # The whole inbox in its order, and one colleague's part of it: neither may cost more
            # for what is long finished.
            models.Index(fields=["due_at", "created_at", "id"], name="inquiry_in_order"),
            models.Index(fields=["assigned_to", "status"], name="inquiry_by_owner"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def state_of_work(self) -> Status:
        """The status with its meaning: what may follow, and whether it is open."""
        return Status(self.status)

    @property
    def suspicions(self) -> list[str]:
        """Why this was put aside, in words."""
        return [str(Suspicion(reason).label) for reason in self.quarantine_reasons]

    def put_aside(self, reason: Suspicion) -> None:
        """Leave it to staff whether this is spam; the caller saves."""
        self.quarantined = True
        if reason.value not in self.quarantine_reasons:
            self.quarantine_reasons.append(reason.value)

    def move_to(self, target: Status, now: datetime.datetime) -> None:
        """Take a new status and what follows from it; the caller saves. Raises MoveNotAllowed."""
        source = self.state_of_work
        if target not in source.next:
            raise MoveNotAllowed(source, target)
        self.status = target
        self.closed_at = None if target.is_open else now
        if target in ANSWERED:
            self.answered_at = self.answered_at or now
        if not target.is_open:
            self.follow_up(None)
        self.reckon_due()

    def follow_up(self, moment: datetime.datetime | None) -> None:
        """Come back to it by then, or, with None, no more; the caller saves."""
        self.follow_up_at = moment
        self.reckon_due()

    def reckon_due(self) -> None:
        """Take over when it is due; the caller saves."""
        self.due_at = self.next_due

    @property
    def next_due(self) -> datetime.datetime | None:
        """What is due first: the promised reply until the person has heard, and the follow-up.

        Who was tried and not reached is tried again on the day that was planned for it; without
        such a day the promised one stays.
        """
        is_planned = self.status == Status.CONTACT_ATTEMPTED and self.follow_up_at
        promised = None if self.answered_at or is_planned else self.reply_by
        moments = [moment for moment in (self.follow_up_at, promised) if moment]
        return min(moments) if moments and self.state_of_work.is_open else None

    def removal_day(self, zone: datetime.tzinfo) -> datetime.date | None:
        """The day on which housekeeping removes it, unless somebody holds it; None while open."""
        if self.closed_at is None:
            return None
        kept = TriageSettings.load().days_of(self.state_of_work)
        return self.closed_at.astimezone(zone).date() + datetime.timedelta(days=kept)

    def merge_into(self, other: "Inquiry", now: datetime.datetime) -> None:
        """Close it because its person is answered under another; the caller saves."""
        self.duplicate_of, self.status_before_merge = other, self.status
        self.status, self.closed_at = Status.CLOSED, self.closed_at or now
        self.follow_up(None)

    def unmerge(self) -> None:
        """Stand on its own again, where it stood before; the caller saves."""
        self.status = Status(self.status_before_merge)
        self.duplicate_of, self.status_before_merge = None, ""
        if self.state_of_work.is_open:
            self.closed_at = None
        self.reckon_due()
