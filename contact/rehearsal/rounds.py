"""What the clock does about the test in each of its rounds, a minute apart."""

import datetime
import logging
import uuid

from django.db import DatabaseError
from django.utils import timezone

from ..models import Inquiry, Rehearsal, Trouble
from ..models.rehearsal import A_MINUTE, EVERY, THE_ROW, WITHIN, Attempt
from . import alarm, proof, sending
from .sending import NobodyListens, Stuck

logger = logging.getLogger(__name__)
# While a site starts, its clock may be quicker than its web server.
STARTING = 3 * A_MINUTE
_failing_since: list[datetime.datetime] = []  # One moment; none while the database answers.


def go_round() -> None:
    """Begin a test when it is time, see how far one has come, tell staff what has changed.

    Raises DatabaseError where the database fails, once that is noted: no row could say it.
    """
    now = timezone.now()
    try:
        run, _is_new = Rehearsal.objects.get_or_create(pk=THE_ROW)
        if run.under_way:
            _go_on(run, run.under_way, now)
        if run.under_way is None and _is_time(run, now):
            _go_on(run, _begin(run, now), now)
        alarm.tell(run, now)
    except DatabaseError as error:
        _note_database(error, now)
        raise
    _failing_since.clear()


def _is_time(run: Rehearsal, now: datetime.datetime) -> bool:
    """Whether an hour is over, or the clock of this machine was wrong when the last one began."""
    return run.began_at is None or not run.began_at <= now < run.began_at + EVERY


def _begin(run: Rehearsal, now: datetime.datetime) -> Attempt | None:
    """The next test; None where another clock was quicker. Clears away what a crash has left."""
    proof.remove(created_at__lt=now - EVERY)
    return run.under_way if run.change(submission_id=uuid.uuid4(), began_at=now) else None


def _go_on(run: Rehearsal, attempt: Attempt | None, now: datetime.datetime) -> None:
    """Take the test as far as it comes. Where it sticks, the next rounds try again for a while."""
    if attempt is None:
        return
    stuck = _stuck(run, attempt, now)
    if stuck is None:
        _end(run, attempt, trouble="", detail="", arrived_at=now)
    elif not attempt.is_younger_than(WITHIN, now):
        logger.error("The test inquiry did not arrive: %s (%s).", stuck, stuck.detail)
        _end(run, attempt, trouble=stuck.trouble, detail=stuck.detail[:100])


def _stuck(run: Rehearsal, attempt: Attempt, now: datetime.datetime) -> Stuck | None:
    """Where the test is stuck at the moment; None once it has come all the way."""
    try:
        proof.delivered(proof.find(attempt.submission_id) or _send(run, attempt, now))
    except DatabaseError:
        raise
    except Stuck as stuck:
        return stuck
    except Exception as error:  # A visitor would meet it as well, whatever it is.
        logger.exception("The test inquiry met a mistake of ours.")
        return Stuck(Trouble.OTHER, type(error).__name__)
    return None


def _send(run: Rehearsal, attempt: Attempt, now: datetime.datetime) -> Inquiry:
    """Send the test and read it back; what is not as it should be is removed and sent again."""
    try:
        sending.over_http(attempt.submission_id)
        run.change(over_http=True)
    except NobodyListens:
        # Where there was a web server once, its silence is what the test is there to find.
        if run.over_http or attempt.is_younger_than(STARTING, now):
            raise
        sending.in_this_process(attempt.submission_id)
    try:
        return proof.prove(attempt.submission_id)
    except Stuck:
        proof.remove(submission_id=attempt.submission_id)
        raise


def _end(run: Rehearsal, attempt: Attempt, **outcome: object) -> None:
    """Write down how the test ended, and remove it."""
    run.change(submission_id=None, **outcome)
    proof.remove(submission_id=attempt.submission_id)


def _note_database(error: DatabaseError, now: datetime.datetime) -> None:
    """Remember in this process for how long the database has failed, and tell staff in the end."""
    if not _failing_since:
        _failing_since.append(now)
    if now - _failing_since[0] >= WITHIN:
        logger.error("The test inquiry did not arrive: the database fails.")
        alarm.tell_without_database(type(error).__name__, now)
