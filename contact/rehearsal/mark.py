"""How the form knows our own test: by a signature that nobody else can write.

Whoever could mark a message as a test would have it thrown away unread. The signature holds for
one submission id and for a minute; a visitor who copies the header has marked nothing.
"""

import uuid

from django.core import signing
from django.http import HttpRequest

HEADER = "X-Rehearsal"
GOOD_FOR = 60  # Seconds.
_signer = signing.TimestampSigner(salt="contact.rehearsal")


def made_for(submission_id: uuid.UUID) -> str:
    """The value of the header for one submission, from now on for a minute."""
    return _signer.sign(str(submission_id))


def is_genuine(request: HttpRequest) -> bool:
    """Whether the clock of this site has sent what the request holds."""
    try:
        marked = _signer.unsign(request.headers.get(HEADER, ""), max_age=GOOD_FOR)
    except signing.BadSignature:
        return False
    return marked == request.POST.get("submission_id")
