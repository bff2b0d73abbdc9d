"""Reading the test back: is what was sent there, sealed, to be found, promised and on its way?"""

import uuid

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from pages.models import PracticeSettings

from ..drift import is_due_as_promised
from ..models import BlindTerm, Inquiry, Kind, Notice, Source, Suspicion, Trouble
from ..models.blind import normal_email
from ..sealing import SealingError
from .sending import Stuck, answers_of

# The test is filled in at once, and the form has to say so. Any other suspicion is a mistake that
# would put people's messages aside.
EXPECTED = {Suspicion.TOO_FAST.value}


def find(submission_id: uuid.UUID) -> Inquiry | None:
    """The test that is under way, once it is stored."""
    rows = Inquiry.everything.filter(source=Source.REHEARSAL, submission_id=submission_id)
    return rows.first()


def prove(submission_id: uuid.UUID) -> Inquiry:
    """The test as it was stored. Raises Stuck at the first thing that is wrong with it."""
    inquiry = find(submission_id)
    if inquiry is None:
        raise Stuck(Trouble.STORE)
    _opens(inquiry)
    if not BlindTerm.objects.matching(Kind.EMAIL, normal_email(inquiry.email)).filter(
        inquiry=inquiry
    ):
        raise Stuck(Trouble.INDEX)
    # Not reckoned anew: the calendars of holidays would take 12 MB of the clock's memory.
    if not is_due_as_promised(inquiry, PracticeSettings.load().zone):
        raise Stuck(Trouble.PROMISE)
    if wrong := set(inquiry.quarantine_reasons) - EXPECTED:
        raise Stuck(Trouble.ASIDE, ", ".join(sorted(wrong)))
    return inquiry


def _opens(inquiry: Inquiry) -> None:
    """Raises Stuck unless every text opens to what was sent."""
    sent = answers_of(inquiry.submission_id)
    try:
        same = all(getattr(inquiry, name) == sent[name] for name in ("name", "email", "message"))
    except (SealingError, ImproperlyConfigured) as error:
        raise Stuck(Trouble.KEYS, type(error).__name__) from error
    if not same:
        raise Stuck(Trouble.CONTENT)


def delivered(inquiry: Inquiry) -> None:
    """Raises Stuck unless the worker has dealt with the notice of the test."""
    notice = Notice.everything.filter(inquiry=inquiry, kind=Notice.Kind.REHEARSAL).first()
    if notice is None:
        raise Stuck(Trouble.NOTICE)
    if notice.sent_at is None:
        raise Stuck(Trouble.MAIL if notice.last_error else Trouble.WORKER, notice.last_error)


@transaction.atomic
def remove(**which: object) -> None:
    """Remove tests with all that hangs on them. They leave nothing in the trail."""
    Inquiry.everything.filter(source=Source.REHEARSAL, **which).delete()
