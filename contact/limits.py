"""How much one network may send: more is put aside, and far more is asked to wait.

Only what was stored counts. Forms with a mistake and forms that are sent twice do not.
"""

import datetime

from django.db.models import Q
from django.utils.crypto import salted_hmac

from .models import PostTally

# Stored inquiries of one network in an hour. A whole town may share a network: so the first limit
# costs nobody anything, and the second is more than a practice gets in a day.
SOFT, HARD = 10, 30
AN_HOUR = datetime.timedelta(hours=1)
KEPT = datetime.timedelta(days=1)


class TooMany(Exception):
    """A network has reached the hard limit; `wait` is how long it takes until it is lifted."""

    def __init__(self, wait: datetime.timedelta) -> None:
        super().__init__("One network has sent as much as is taken in an hour.")
        self.wait = wait


def key_of(network: str, now: datetime.datetime) -> str:
    """The hash that a network is counted under for a day. Its salt is secret and of that day."""
    day = now.astimezone(datetime.UTC).date()
    return salted_hmac(f"contact.limits.{day}", network, algorithm="sha256").hexdigest()


def count(network: str, now: datetime.datetime) -> int:
    """Count an inquiry of a network and return how many it has sent in this hour.

    Call it in the transaction that stores the inquiry. A network that is not known counts as 0.
    """
    if not network:
        return 0
    hour = now.replace(minute=0, second=0, microsecond=0)
    return PostTally.objects.add(key_of(network, now), hour)


def check(count: int, now: datetime.datetime) -> None:
    """Raise TooMany, and so take back the transaction, when this is over the hard limit."""
    if count > HARD:
        hour = now.replace(minute=0, second=0, microsecond=0)
        raise TooMany(hour + AN_HOUR - now)


def forget(now: datetime.datetime) -> int:
    """Remove the counts of the day before. Returns how many rows that were.

    Those from a clock that was ahead go too: their time may be years away.
    """
    over = Q(hour__lt=now - KEPT) | Q(hour__gt=now + KEPT)
    return PostTally.objects.filter(over).delete()[0]
