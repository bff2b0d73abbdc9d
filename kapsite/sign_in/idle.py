"""Sessions end: twenty minutes after the last thing that a person did, and after twelve hours.

NIST SP 800-63B (4.2.3) asks at its second level for twelve hours at most and thirty idle minutes;
an inquiry on an unattended screen is reason for less.
"""

import time

from django.http import HttpRequest

from .freshness import CLOCKS_DIFFER, SIGNED_IN_AT

IDLE_SECONDS = 20 * 60
LONGEST_SECONDS = 12 * 60 * 60
SEEN_AT = "seen_at"
COARSE_SECONDS = 30  # A session is not written for every request, only once in so long.
# What a page asks for by itself, while nobody may be sitting there.
NOT_A_PERSON = {
    "wagtailadmin_editing_sessions:ping",
    "wagtailadmin_editing_sessions:release",
    "session_state",
}


def seconds_left(request: HttpRequest) -> float:
    """How long this session goes on if nothing is done; none or less when it is over.

    It is over as well when the clock was put back since: how long nobody was there cannot be told.
    """
    began, now = request.session.get(SIGNED_IN_AT), time.time()
    if began is None:  # It was begun before sessions were timed.
        return -1
    seen = max(began, request.session.get(SEEN_AT, began))
    if seen > now + CLOCKS_DIFFER:
        return -1
    return min(seen + IDLE_SECONDS, began + LONGEST_SECONDS) - now


def is_over(request: HttpRequest) -> bool:
    """Whether this session has come to its end."""
    return seconds_left(request) <= 0


def note(request: HttpRequest, view_name: str) -> None:
    """Write down that somebody is there, if this is something that a person did."""
    if view_name in NOT_A_PERSON and request.method in ("GET", "HEAD"):
        return
    if view_name.startswith("wagtailadmin_editing_sessions:"):
        return
    if time.time() - request.session.get(SEEN_AT, 0) > COARSE_SECONDS:
        request.session[SEEN_AT] = time.time()
