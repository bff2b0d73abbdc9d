"""The write: from a valid form to an inquiry that is on disk, sealed, once."""

import datetime
import hashlib
import json
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from pages.models import PracticeSettings

from . import audit, limits
from .forms import ContactForm
from .models import Action, BlindTerm, ContactPage, Inquiry, Notice, Suspicion
from .models.inquiry import make_reference
from .promise import promise_for
from .sealing import SealingError, key_ring
from .sender import Sender

# The answers that an inquiry takes over as they were read.
ANSWERS = (
    "name",
    "email",
    "phone",
    "message",
    "contact_by",
    "voicemail_ok",
    "best_time",
    "state",
    "topic",
    "wants_acknowledgement",
)
A_DAY = datetime.timedelta(days=1)
MOST_ACKNOWLEDGEMENTS = 3  # To one address a day.


def consent_fingerprint(text: str) -> str:
    """The SHA-256 of a consent wording in hex: it proves later which wording was shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def _inquiry(form: ContactForm, page: ContactPage, sender: Sender) -> Inquiry:
    """The inquiry that a valid form makes; nothing is saved yet."""
    now = timezone.now()
    promise = promise_for(now, PracticeSettings.load())
    language = get_language() or settings.LANGUAGE_CODE
    answers: dict[str, Any] = {name: form.cleaned_data[name] for name in ANSWERS}
    inquiry = Inquiry(
        **answers,
        submission_id=form.cleaned_data["submission_id"],
        created_at=now,
        page_id=page.pk,
        language=language,
        consent_hash=consent_fingerprint(form.consent),
        consent_language=language,
        promise=promise.text,
        reply_by=promise.due_at,
        due_at=promise.due_at,
    )
    for suspicion in form.suspicions() + sender.suspicions:
        inquiry.put_aside(suspicion)
    return inquiry


def _notices(inquiry: Inquiry) -> Iterator[Notice]:
    """The mails that an inquiry asks for: to staff, and to its sender who ticked the box.

    Not for what is put aside, and only so many a day to one address: otherwise the form would
    send mail to whomever somebody likes to plague.
    """
    for address in dict.fromkeys(settings.INQUIRY_NOTICE_EMAILS):
        yield Notice(inquiry=inquiry, recipient=address)
    if inquiry.wants_acknowledgement and inquiry.email and not inquiry.quarantined:
        sent = Notice.objects.acknowledgements_to(inquiry.email)
        if sent.filter(created_at__gt=inquiry.created_at - A_DAY).count() < MOST_ACKNOWLEDGEMENTS:
            yield Notice(inquiry=inquiry, kind=Notice.Kind.ACKNOWLEDGEMENT)


@transaction.atomic
def _store(inquiry: Inquiry, sender: Sender) -> None:
    """Everything that has to be true together: the inquiry, its index, its notices, its trail.

    The limit is looked at last, so that what is there already is found before it.
    """
    count = limits.count(sender.network, inquiry.created_at)
    if count > limits.SOFT:
        inquiry.put_aside(Suspicion.MANY)
    inquiry.save(force_insert=True)
    limits.check(count, inquiry.created_at)
    BlindTerm.objects.write(inquiry)
    Notice.objects.bulk_create(_notices(inquiry))
    audit.record(Action.RECEIVED, reference=inquiry.reference, source=inquiry.source)


def _says_the_same(known: Inquiry, inquiry: Inquiry) -> bool:
    """Whether what is stored already is what was sent. What does not open counts as different."""
    try:
        return all(getattr(known, name) == getattr(inquiry, name) for name in ANSWERS)
    except SealingError:
        return False


def _id_of_changed(inquiry: Inquiry) -> uuid.UUID:
    """A submission id that is the same whenever these answers come again from the same page.

    Made by a key: it stands in clear in the table, and must not let anybody try out answers.
    """
    answers = json.dumps([getattr(inquiry, name) for name in ANSWERS])
    return uuid.uuid5(inquiry.submission_id, key_ring().term(answers, "submission"))


def _keep(inquiry: Inquiry, sender: Sender, tries: int = 4) -> str:
    """Store an inquiry unless it is there already; returns the reference that it has.

    A conflict is settled in one or two tries; another kind of IntegrityError is raised in the end.
    """
    try:
        _store(inquiry, sender)
    except IntegrityError:
        if tries == 1:
            raise
        known = Inquiry.objects.filter(submission_id=inquiry.submission_id).first()
        if known is None:
            inquiry.reference = make_reference()  # Once in millions the random one is taken.
        elif _says_the_same(known, inquiry):
            return known.reference
        else:
            inquiry.submission_id = _id_of_changed(inquiry)
        return _keep(inquiry, sender, tries - 1)
    return inquiry.reference


def receive(form: ContactForm, page: ContactPage, sender: Sender) -> str:
    """Store what a valid form holds and return the inquiry's reference.

    A form that was stored before (a double click, a resend) gives the same reference again and
    changes nothing: its submission id is unique in the database, so this holds across processes.
    Somebody who went back, corrected a line and sent the page again has said something new: that
    is an inquiry of its own, and also there once. Nothing is stored when it raises DatabaseError
    or `limits.TooMany`.
    """
    return _keep(_inquiry(form, page, sender), sender)
