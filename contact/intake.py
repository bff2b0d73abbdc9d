"""The write: from a valid form to an inquiry that is on disk, sealed, once."""

import hashlib
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from pages.models import PracticeSettings

from . import audit
from .forms import ContactForm
from .models import Action, BlindTerm, ContactPage, Inquiry, Notice
from .models.inquiry import make_reference
from .promise import promise_for

# The answers that an inquiry takes over as they were read.
COPIED = (
    "submission_id",
    "name",
    "email",
    "phone",
    "message",
    "contact_by",
    "voicemail_ok",
    "best_time",
    "state",
    "topic",
)


def consent_fingerprint(text: str) -> str:
    """The SHA-256 of a consent wording in hex: it proves later which wording was shown."""
    return hashlib.sha256(text.encode()).hexdigest()


def _inquiry(form: ContactForm, page: ContactPage) -> Inquiry:
    """The inquiry that a valid form makes; nothing is saved yet."""
    now = timezone.now()
    promise = promise_for(now, PracticeSettings.load())
    language = get_language() or settings.LANGUAGE_CODE
    answers: dict[str, Any] = {name: form.cleaned_data[name] for name in COPIED}
    suspicions = form.suspicions()
    return Inquiry(
        **answers,
        created_at=now,
        page_id=page.pk,
        language=language,
        consent_hash=consent_fingerprint(form.consent),
        consent_language=language,
        quarantined=bool(suspicions),
        quarantine_reasons=[suspicion.value for suspicion in suspicions],
        promise=promise.text,
        due_at=promise.due_at,
    )


@transaction.atomic
def _store(inquiry: Inquiry) -> None:
    """Everything that has to be true together: the inquiry, its index, its notices, its trail."""
    inquiry.save(force_insert=True)
    BlindTerm.objects.write(inquiry)
    Notice.objects.bulk_create(
        Notice(inquiry=inquiry, recipient=address)
        for address in dict.fromkeys(settings.INQUIRY_NOTICE_EMAILS)
    )
    audit.record(Action.RECEIVED, reference=inquiry.reference, source=inquiry.source)


def receive(form: ContactForm, page: ContactPage) -> str:
    """Store what a valid form holds and return the inquiry's reference.

    A form that was stored before (a double click, a resend) gives the same reference again and
    changes nothing: its submission id is unique in the database, so this holds across processes.
    Raises DatabaseError when nothing could be stored.
    """
    inquiry = _inquiry(form, page)
    try:
        _store(inquiry)
    except IntegrityError:
        known = Inquiry.objects.filter(submission_id=inquiry.submission_id).first()
        if known:
            return known.reference
        inquiry.reference = make_reference()  # Once in millions the random one is taken.
        _store(inquiry)
    return inquiry.reference
