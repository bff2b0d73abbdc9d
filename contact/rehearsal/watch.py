"""What the worker does when nobody sends the test: the clock may be what is dead."""

import datetime
import logging

from ..models import Rehearsal, Trouble
from ..models.rehearsal import A_MINUTE, EVERY, THE_ROW, WITHIN
from . import alarm

logger = logging.getLogger(__name__)
# With WITHIN on top, staff hear of it when an hour and a half has passed without a test.
SILENT = EVERY + 10 * A_MINUTE


class Watch:
    """Looks at the clock in each round of one worker."""

    def __init__(self) -> None:
        self._silent_since: datetime.datetime | None = None

    def look(self, now: datetime.datetime) -> None:
        """Tell staff when the clock has begun no test for too long.

        A machine that slept, or whose time was put right, gives its clock WITHIN to begin one.
        """
        run = Rehearsal.objects.now()
        if run.began_at is not None and now - run.began_at < SILENT:
            self._silent_since = None
            return
        if self._silent_since is None or now < self._silent_since:
            self._silent_since = now
        if now - self._silent_since >= WITHIN:
            self._raise_alarm(now)

    @staticmethod
    def _raise_alarm(now: datetime.datetime) -> None:
        """Write it down, unless the clock is quicker, and tell staff. The clock gives all-clear."""
        run, _is_new = Rehearsal.objects.get_or_create(pk=THE_ROW)
        if run.trouble != Trouble.CLOCK:
            if not run.change(trouble=Trouble.CLOCK.value, detail=""):
                return
            logger.error("The test inquiry did not arrive: the clock sends none.")
        alarm.tell(run, now)
