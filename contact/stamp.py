"""The signed note in the form of when it was shown. It knows nothing of forms, which are large."""

from django.core import signing

from .models import Suspicion

FEWEST_SECONDS = 3
# A page from further in the future than machines differ was shown before the clock was put back.
CLOCKS_DIFFER = 60  # Seconds.
STAMP_SALT = "contact.form.shown"


def make_stamp() -> str:
    """A signed note of when the form was shown, to tell later how fast it was filled in."""
    return signing.TimestampSigner(salt=STAMP_SALT).sign("form")


def stamp_suspicion(stamp: str) -> Suspicion | None:
    """What is suspicious about a time stamp that came back, if anything."""
    try:
        if not _is_older(stamp, FEWEST_SECONDS) and _is_older(stamp, -CLOCKS_DIFFER):
            return Suspicion.TOO_FAST
    except signing.BadSignature:
        return Suspicion.NO_STAMP
    return None


def _is_older(stamp: str, seconds: int) -> bool:
    """Whether our stamp was made longer ago than that. Raises BadSignature where it is not ours."""
    try:
        signing.TimestampSigner(salt=STAMP_SALT).unsign(stamp, max_age=seconds)
    except signing.SignatureExpired:
        return True
    return False
