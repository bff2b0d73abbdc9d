"""Whether the clock of this machine can be believed, for what cannot be undone.

A clock may be wrong when a machine starts, until it has asked others, and somebody may set it by
mistake. What is removed because a day has come stays removed when the day goes away again.
"""

import time

MOST_DRIFT = 60.0  # Seconds between two looks; a clock that is only being corrected moves by less.


def _ahead() -> float:
    """How far the clock on the wall is ahead of the one that only counts."""
    return time.time() - time.monotonic()


class SteadyClock:
    """Watches the clock from when it is made."""

    def __init__(self) -> None:
        self._seen, self._since = _ahead(), time.monotonic()

    def steady_for(self) -> float:
        """For how many seconds nobody has moved the clock, as far as this has watched it."""
        ahead = _ahead()
        if abs(ahead - self._seen) > MOST_DRIFT:
            self._since = time.monotonic()
        self._seen = ahead
        return time.monotonic() - self._since
