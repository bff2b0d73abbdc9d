"""What the doctor looks at: each thing under an id that stays, with a hint for when it is not well.

A look is a function that returns a hint, or nothing when all is well. Ids are never used again for
something else: notes and alarms name them.
"""

from collections.abc import Callable
from typing import NamedTuple

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from contact.sealing import SealingError

Hint = str
LOOKS: dict[str, "Look"] = {}


class Finding(NamedTuple):
    """One answer: what was looked at, and what to do about it; no hint means that all is well."""

    id: str
    subject: str
    hint: Hint = ""

    @property
    def is_well(self) -> bool:
        return not self.hint


class Look(NamedTuple):
    """One thing to look at."""

    id: str
    subject: str
    examine: Callable[[], Hint]

    def finding(self) -> Finding:
        """Look now. What cannot be looked at is not well."""
        try:
            return Finding(self.id, self.subject, self.examine())
        except (DatabaseError, OSError, ImproperlyConfigured, SealingError) as error:
            kind = type(error).__name__
            hint = f"It could not be looked at ({kind}). Mend first what stands above."
            return Finding(self.id, self.subject, hint)


def look(number: int, subject: str) -> Callable[[Callable[[], Hint]], Callable[[], Hint]]:
    """Let the doctor look at something, under the id `kapsite.D` and this number."""

    def register(examine: Callable[[], Hint]) -> Callable[[], Hint]:
        name = f"kapsite.D{number:03}"
        if name in LOOKS:
            raise ValueError(f"{name} is taken.")
        LOOKS[name] = Look(name, subject, examine)
        return examine

    return register
