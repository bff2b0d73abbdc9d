"""What staff do to an inquiry. Each step changes a locked row, saves it and writes it down.

Call them inside a transaction, so that the change and its audit entry stand or fall together.
`user` is who does it. No note, reason or name gets into the audit trail.
"""

import datetime
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from pages.models import PracticeSettings

from .. import audit
from ..clock import end_of
from ..intake import acknowledgement_of
from ..models import (
    HEARD,
    Action,
    Inquiry,
    MoveNotAllowed,
    Note,
    NoteKind,
    Notice,
    Status,
    Suspicion,
)
from ..sealing import SealingError

CLOCK = ("answered_at", "follow_up_at", "due_at")


def _save(user: AbstractBaseUser, inquiry: Inquiry, *fields: str, **detail: Any) -> None:
    """Save the columns that a step has changed, and write it down."""
    inquiry.save(update_fields=[*fields, "changed_at"])
    audit.record(Action.CHANGED, actor=user, reference=inquiry.reference, **detail)


def assign(user: AbstractBaseUser, inquiry: Inquiry, owner: Any) -> None:
    """Give it to somebody, or, with None, to nobody."""
    before = inquiry.assigned_to
    if before == owner:
        return
    inquiry.assigned_to = owner
    names = [person.get_username() if person else "" for person in (before, owner)]
    _save(user, inquiry, "assigned_to", owner=names)


def change_status(user: AbstractBaseUser, inquiry: Inquiry, target: str) -> None:
    """Move it on. Raises MoveNotAllowed."""
    before = inquiry.state_of_work
    if inquiry.duplicate_of_id:  # Its person is answered under the other one: separate them first.
        raise MoveNotAllowed(before, Status(target))
    inquiry.move_to(Status(target), timezone.now())
    _save(user, inquiry, "status", "closed_at", *CLOCK, status=[before.value, inquiry.status])


def add_note(user: AbstractBaseUser, inquiry: Inquiry, text: str) -> None:
    """Add a note for colleagues."""
    Note(inquiry=inquiry, author_id=user.pk, text=text).save()
    audit.record(Action.NOTED, actor=user, reference=inquiry.reference)


def log_attempt(
    user: AbstractBaseUser, inquiry: Inquiry, kind: NoteKind, text: str, day: datetime.date | None
) -> None:
    """Write down that somebody tried to reach the person, and when to come back to it.

    A new inquiry moves on by itself: into conversation when they talked, else to "attempted". What
    nobody owns becomes the work of whoever tried.
    """
    if inquiry.assigned_to_id is None:
        assign(user, inquiry, user)
    Note(inquiry=inquiry, author_id=user.pk, kind=kind, text=text).save()
    audit.record(Action.NOTED, actor=user, reference=inquiry.reference, attempt=kind.value)
    target = Status.IN_CONVERSATION if kind == NoteKind.TALKED else Status.CONTACT_ATTEMPTED
    if inquiry.status == Status.NEW or (
        inquiry.status == Status.CONTACT_ATTEMPTED and target == Status.IN_CONVERSATION
    ):
        change_status(user, inquiry, target)
    if kind in HEARD and inquiry.answered_at is None:
        inquiry.answered_at = timezone.now()
        inquiry.reckon_due()
        _save(user, inquiry, *CLOCK, answered=True)
    _plan(user, inquiry, day)


def plan_follow_up(
    user: AbstractBaseUser, inquiry: Inquiry, day: datetime.date, reason: str
) -> None:
    """Come back to it on a day, with the reason as a note."""
    Note(inquiry=inquiry, author_id=user.pk, kind=NoteKind.FOLLOW_UP, text=reason).save()
    _plan(user, inquiry, day)


def _plan(user: AbstractBaseUser, inquiry: Inquiry, day: datetime.date | None) -> None:
    """Come back to it by the end of a day. A finished inquiry has nothing to come back to."""
    moment = end_of(day, PracticeSettings.load()) if day else None
    if moment != inquiry.follow_up_at and inquiry.state_of_work.is_open:
        inquiry.follow_up(moment)
        _save(user, inquiry, *CLOCK, follow_up=str(day or ""))


def hold(user: AbstractBaseUser, inquiry: Inquiry, reason: str) -> None:
    """Keep it past its removal day for a reason; without one, let it go on its day."""
    inquiry.on_hold, inquiry.hold_reason = bool(reason), reason
    _save(user, inquiry, "on_hold", "hold_reason", hold=inquiry.on_hold)


def set_aside(user: AbstractBaseUser, inquiry: Inquiry, aside: bool) -> None:
    """Put it aside as possible spam, or rescue it: then its sender gets the mail they asked for."""
    if aside == inquiry.quarantined:
        return
    if aside:
        inquiry.put_aside(Suspicion.BY_STAFF)
    inquiry.quarantined = aside
    _save(user, inquiry, "quarantined", "quarantine_reasons", put_aside=aside)
    if not aside:
        _acknowledge(inquiry)


def _acknowledge(inquiry: Inquiry) -> None:
    """Plan the mail that was not sent while the inquiry stood aside."""
    kind = Notice.Kind.ACKNOWLEDGEMENT
    try:
        notice = acknowledgement_of(inquiry)
    except SealingError:  # What cannot be opened has no address to write to.
        return
    if notice and not Notice.objects.filter(inquiry=inquiry, kind=kind).exists():
        notice.save()


def merge(user: AbstractBaseUser, inquiry: Inquiry, duplicate: Inquiry) -> None:
    """Answer the person of `duplicate` under `inquiry` from now on. Both rows are locked.

    What was due for the duplicate is due for the other one then.
    """
    due = [moment for moment in (inquiry.follow_up_at, duplicate.due_at) if moment]
    if duplicate.due_at:
        inquiry.follow_up(min(due))
        _save(user, inquiry, *CLOCK, follow_up=str(min(due).date()))
    duplicate.merge_into(inquiry, timezone.now())
    _save(
        user,
        duplicate,
        "duplicate_of",
        "status_before_merge",
        "status",
        "closed_at",
        *CLOCK,
        merged_into=inquiry.reference,
    )


def unmerge(user: AbstractBaseUser, inquiry: Inquiry) -> None:
    """Let a merged inquiry stand on its own again."""
    other = inquiry.duplicate_of
    inquiry.unmerge()
    _save(
        user,
        inquiry,
        "duplicate_of",
        "status_before_merge",
        "status",
        "closed_at",
        *CLOCK,
        separated_from=other.reference if other else "",
    )
