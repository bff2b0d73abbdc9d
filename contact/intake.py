"""The write: from a valid form to an inquiry that is on disk, sealed, once."""

import datetime
import hashlib
import json
import uuid
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from pages.models import PracticeSettings

from . import audit, limits, together
from .forms import ContactForm
from .models import Action, BlindTerm, ContactPage, Inquiry, Notice, Source, Suspicion
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


def _inquiry(form: ContactForm, practice: PracticeSettings, **facts: Any) -> Inquiry:
    """The inquiry that a valid form makes, with what is known besides; nothing is saved yet."""
    now = timezone.now()
    promise = promise_for(now, practice)
    # A form may leave out what it does not ask for.
    answers = {name: form.cleaned_data[name] for name in ANSWERS if name in form.cleaned_data}
    return Inquiry(
        **answers,
        **facts,
        submission_id=form.cleaned_data["submission_id"],
        created_at=now,
        promise=promise.text,
        reply_by=promise.due_at,
        due_at=promise.due_at,
    )


def _from_page(
    form: ContactForm, page: ContactPage, practice: PracticeSettings, sender: Sender
) -> Inquiry:
    """The inquiry that a visitor sends, with the consent that was shown and what is suspicious."""
    language = get_language() or settings.LANGUAGE_CODE
    inquiry = _inquiry(
        form,
        practice,
        page_id=page.pk,
        source=Source.REHEARSAL if sender.is_rehearsal else Source.FORM,
        language=language,
        consent_hash=consent_fingerprint(form.consent),
        consent_language=language,
    )
    for suspicion in form.suspicions() + sender.suspicions:
        inquiry.put_aside(suspicion)
    return inquiry


def acknowledgement_of(inquiry: Inquiry) -> Notice | None:
    """The mail to a sender who ticked the box for it.

    Not for what is put aside, and only so many a day to one address: otherwise the form would
    send mail to whomever somebody likes to plague.
    """
    if inquiry.quarantined or not (inquiry.wants_acknowledgement and inquiry.email):
        return None
    sent = Notice.objects.acknowledgements_to(inquiry.email)
    if sent.filter(created_at__gt=timezone.now() - A_DAY).count() >= MOST_ACKNOWLEDGEMENTS:
        return None
    return Notice(inquiry=inquiry, kind=Notice.Kind.ACKNOWLEDGEMENT)


def _notices(inquiry: Inquiry) -> list[Notice]:
    """The mails that an inquiry from the form asks for: to staff, and to its sender."""
    if inquiry.source == Source.REHEARSAL:
        return [Notice(inquiry=inquiry, kind=Notice.Kind.REHEARSAL)]
    if inquiry.source != Source.FORM:
        return []
    addresses = dict.fromkeys(settings.INQUIRY_NOTICE_EMAILS)
    to_staff = [Notice(inquiry=inquiry, recipient=address) for address in addresses]
    to_sender = acknowledgement_of(inquiry)
    return to_staff + ([to_sender] if to_sender else [])


def _store(inquiry: Inquiry, sender: Sender, actor: AbstractBaseUser | None) -> None:
    """Write an inquiry with all that belongs to it. What can be made ready before, is: on SQLite,
    whoever else sends something waits until this is done."""
    terms = BlindTerm.objects.made_for(inquiry)
    together.store(partial(_write, inquiry, terms, sender, actor))


def _write(
    inquiry: Inquiry, terms: list[BlindTerm], sender: Sender, actor: AbstractBaseUser | None
) -> None:
    """Everything that has to be true together: the inquiry, its index, its notices, its trail.

    The limit is looked at last, so that what is there already is found before it.
    """
    count = limits.count(sender.network, inquiry.created_at)
    if count > limits.SOFT:
        inquiry.put_aside(Suspicion.MANY)
    inquiry.save(force_insert=True)
    limits.check(count, inquiry.created_at)
    BlindTerm.objects.bulk_create(terms)
    Notice.objects.bulk_create(_notices(inquiry))
    _write_down(inquiry, actor)


def _write_down(inquiry: Inquiry, actor: AbstractBaseUser | None) -> None:
    """Note in the trail that an inquiry came in. The test's entry is tried and taken back."""
    record = partial(
        audit.record,
        Action.RECEIVED,
        actor=actor,
        reference=inquiry.reference,
        source=inquiry.source,
    )
    if inquiry.source != Source.REHEARSAL:
        record()
        return
    with transaction.atomic():
        record()
        transaction.set_rollback(True)


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


def _keep(
    inquiry: Inquiry, sender: Sender, actor: AbstractBaseUser | None = None, tries: int = 4
) -> Inquiry:
    """Store an inquiry unless it is there already; returns the one that is there.

    A conflict is settled in one or two tries; another kind of IntegrityError is raised in the end.
    """
    try:
        _store(inquiry, sender, actor)
    except IntegrityError:
        if tries == 1:
            raise
        known = Inquiry.everything.filter(submission_id=inquiry.submission_id).first()
        if known is None:
            inquiry.reference = make_reference()  # Once in millions the random one is taken.
        elif _says_the_same(known, inquiry):
            return known
        else:
            inquiry.submission_id = _id_of_changed(inquiry)
        return _keep(inquiry, sender, actor, tries - 1)
    return inquiry


def receive(
    form: ContactForm, page: ContactPage, practice: PracticeSettings, sender: Sender
) -> str:
    """Store what a valid form holds and return the inquiry's reference.

    A form that was stored before (a double click, a resend) gives the same reference again and
    changes nothing: its submission id is unique in the database, so this holds across processes.
    Somebody who went back, corrected a line and sent the page again has said something new: that
    is an inquiry of its own, and also there once. Nothing is stored when it raises DatabaseError
    or `limits.TooMany`.
    """
    return _keep(_from_page(form, page, practice, sender), sender).reference


def enter(form: ContactForm, user: AbstractBaseUser) -> Inquiry:
    """Store what somebody of the staff has written down of a call, as their own work.

    Sent twice, it is there once, like a visitor's. No mail goes out: whoever has to know, knows.
    """
    practice = PracticeSettings.load()
    inquiry = _inquiry(form, practice, source=Source.PHONE, assigned_to_id=user.pk)
    return _keep(inquiry, Sender(), user)
