"""One person's data: found without opening anything, and erased when that person asks for it."""

import datetime
import json
import uuid
from collections.abc import Iterable
from typing import NamedTuple

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from .. import audit
from ..models import Action, AuditEntry, BlindTerm, Inquiry, Kind
from ..models.inquiry import InquiryQuerySet
from ..sealing import Place, SealingError, key_ring

User = AbstractBaseUser | AnonymousUser

# How long a page with found inquiries can be acted on: what it lists gets old.
GOOD_FOR = datetime.timedelta(hours=1)


class OutOfDate(Exception):
    """The page that somebody acts on is too old, or was not made by this site for this person."""


class Wanted(NamedTuple):
    """Whose data it is: an address or a number, in its normal form."""

    kind: Kind
    value: str

    def holders(self) -> set[uuid.UUID]:
        """The inquiries that hold it."""
        terms = BlindTerm.objects.matching(self.kind, self.value)
        rows = Inquiry.objects.filter(pk__in=terms.values("inquiry_id"))
        return set(rows.values_list("pk", flat=True))

    def matches(self) -> set[uuid.UUID]:
        """The inquiries that hold it, and those that staff merged with one of them."""
        found = self.holders()
        while more := _merged_with(found) - found:
            found |= more
        return found


def _merged_with(found: set[uuid.UUID]) -> set[uuid.UUID]:
    merged = Q(duplicate_of__in=found) | Q(duplicates__in=found)
    return set(Inquiry.objects.filter(merged).values_list("pk", flat=True))


class Finding(NamedTuple):
    """What a search has found, as the pages after it carry it along: sealed, never in an address.

    Only what somebody has seen listed is exported or erased.
    """

    wanted: Wanted
    listed: frozenset[uuid.UUID]
    found_at: datetime.datetime

    @classmethod
    def of(cls, wanted: Wanted) -> "Finding":
        """Search now."""
        return cls(wanted, frozenset(wanted.matches()), timezone.now())

    @property
    def rows(self) -> InquiryQuerySet:
        """What was listed, as far as it is still there and still this person's."""
        return Inquiry.objects.filter(pk__in=self.listed & self.wanted.matches())

    def narrowed(self, chosen: Iterable[str]) -> "Finding":
        """Only the ones that were ticked, out of those that were listed."""
        keys = set(chosen)
        return self._replace(listed=frozenset(pk for pk in self.listed if str(pk) in keys))

    def seal(self, user: User) -> str:
        """The finding as a text that only this site and only for this user opens."""
        said = [*self.wanted, sorted(map(str, self.listed)), self.found_at.isoformat()]
        return key_ring().seal(json.dumps(said), _place(user))

    @classmethod
    def opened(cls, token: str, user: User) -> "Finding":
        """The finding again. Raises OutOfDate."""
        try:
            kind, value, listed, found_at = json.loads(key_ring().open(token, _place(user)))
        except SealingError as error:
            raise OutOfDate from error
        moment = datetime.datetime.fromisoformat(found_at)
        if timezone.now() - moment > GOOD_FOR:
            raise OutOfDate
        return cls(Wanted(Kind(kind), value), frozenset(map(uuid.UUID, listed)), moment)


def _place(user: User) -> Place:
    return Place("person", "search", str(user.pk))


@transaction.atomic(durable=True)
def erase(finding: Finding, actor: User) -> AuditEntry:
    """Remove what was found with all that hangs on it: notes, blind terms, notices.

    Inquiries on hold stay, and so does what has become another person's since. Returns the entry
    that says what was done; one entry for each inquiry follows it, naming its sequence number.
    """
    rows = Inquiry.objects.select_for_update().filter(pk__in=finding.listed).order_by("pk")
    locked = list(rows.only("pk", "reference", "on_hold"))
    theirs = finding.wanted.matches()  # Asked only now that nobody can change them any more.
    held = [row for row in locked if row.pk in theirs and row.on_hold]
    gone = [row for row in locked if row.pk in theirs and not row.on_hold]
    done = audit.record(
        Action.REMOVED,
        actor=actor,
        why="request",
        kind=finding.wanted.kind.value,
        count=len(gone),
        held=[row.reference for row in held],
        changed=[row.reference for row in locked if row.pk not in theirs],
    )
    for row in gone:
        audit.record(
            Action.REMOVED,
            actor=actor,
            reference=row.reference,
            why="request",
            request=done.sequence,
        )
    Inquiry.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return done
