"""How the hourly test inquiry fares: one row that every process can look at."""

import datetime
import uuid
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

A_MINUTE = datetime.timedelta(minutes=1)
EVERY = 60 * A_MINUTE
# How long a test may take. A mail server that asks to come back later is tried again after 1, 3, 7
# and 15 minutes; a restart of the site takes less.
WITHIN = 20 * A_MINUTE
# After so long without one that arrived, something is wrong, be it only that nobody sends any.
OVERDUE = EVERY + WITHIN + 10 * A_MINUTE
THE_ROW = 1


class Trouble(models.TextChoices):
    """Where a test inquiry got stuck, in words that end a sentence."""

    CLOCK = "clock", _("the clock, which sends it, is not running")
    WEB = "web", _("the contact page did not show its form")
    POST = "post", _("what was sent was not answered with thanks")
    STORE = "store", _("it was not in the database after the thanks")
    KEYS = "keys", _("it could not be opened with the encryption keys")
    CONTENT = "content", _("what was stored is not what was sent")
    INDEX = "index", _("it could not be found by its e-mail address")
    PROMISE = "promise", _("its due time is not the one that was promised")
    ASIDE = "aside", _("it was taken for spam")
    NOTICE = "notice", _("it made no notice for the worker")
    WORKER = "worker", _("the worker did not get to its notice")
    MAIL = "mail", _("the mail server would not have taken the notice")
    DATABASE = "database", _("the database could not be read or written")
    OTHER = "other", _("something broke on the way")


class Attempt(NamedTuple):
    """A test that is under way."""

    submission_id: uuid.UUID
    began_at: datetime.datetime

    def is_younger_than(self, age: datetime.timedelta, now: datetime.datetime) -> bool:
        """Whether it began less than that long ago. One that begins later never did: the clock
        of the machine was wrong."""
        return self.began_at <= now < self.began_at + age


class RehearsalManager(models.Manager["Rehearsal"]):
    """The one row."""

    def now(self) -> "Rehearsal":
        """How it stands; a new row, not yet saved, on a site that has not rehearsed."""
        return self.filter(pk=THE_ROW).first() or Rehearsal(pk=THE_ROW)


class Rehearsal(models.Model):
    """The test that is under way or was the last, and what staff were told about it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW)
    submission_id = models.UUIDField(null=True)  # Of the one that is under way.
    began_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)  # When one last came all the way.
    over_http = models.BooleanField(default=False)  # Whether that went through the web server.
    trouble = models.CharField(max_length=20, blank=True)  # A Trouble, as is `told`.
    detail = models.CharField(max_length=100, blank=True)  # For a technician; nothing private.
    told = models.CharField(max_length=20, blank=True)
    told_at = models.DateTimeField(null=True)

    objects = RehearsalManager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.trouble or "well"

    @property
    def under_way(self) -> Attempt | None:
        """The test that is under way, if one is."""
        if self.submission_id is None or self.began_at is None:
            return None
        return Attempt(self.submission_id, self.began_at)

    @property
    def age(self) -> datetime.timedelta | None:
        """How long ago one came all the way; None when none ever did."""
        if self.arrived_at is None:
            return None
        return max(timezone.now() - self.arrived_at, datetime.timedelta())

    @property
    def in_words(self) -> str:
        """What went wrong, with what a technician would ask for."""
        words = str(Trouble(self.trouble).label) if self.trouble else ""
        return f"{words} ({self.detail})" if self.detail else words

    def change(self, **values: Any) -> bool:
        """Change the row if it still is as it was read. Whether it was: of two clocks, one does."""
        seen = {name: getattr(self, name) for name in ("submission_id", "began_at", "told_at")}
        for name, value in values.items():
            setattr(self, name, value)
        rows = Rehearsal.objects.filter(pk=self.pk, **seen)
        return bool(rows.update(**values))
