"""The life of an inquiry: its states, what they mean together, and the allowed moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    """Where an inquiry stands. Only this module lists states; others use the groups below."""

    NEW = "new", _("New")
    CONTACT_ATTEMPTED = "contact_attempted", _("Contact attempted")
    IN_CONVERSATION = "in_conversation", _("In conversation")
    BOOKED = "booked", _("Booked")
    REFERRED = "referred", _("Not a fit or referred")
    CLOSED = "closed", _("Closed")
    SPAM = "spam", _("Spam")

    @property
    def next(self) -> tuple["Status", ...]:
        """The states that an inquiry can move to from this one, in the order of the list."""
        return tuple(status for status in Status if status in MOVES[self])

    @property
    def is_open(self) -> bool:
        """Whether somebody at the practice still has something to do."""
        return self in OPEN


OPEN = frozenset({Status.NEW, Status.CONTACT_ATTEMPTED, Status.IN_CONVERSATION, Status.BOOKED})
FINISHED = frozenset(Status) - OPEN

# A finished inquiry is opened again into the state that says what happened.
MOVES: dict[Status, frozenset[Status]] = {
    Status.NEW: frozenset(Status) - {Status.NEW},
    Status.CONTACT_ATTEMPTED: FINISHED | {Status.IN_CONVERSATION, Status.BOOKED},
    Status.IN_CONVERSATION: FINISHED | {Status.CONTACT_ATTEMPTED, Status.BOOKED},
    Status.BOOKED: FINISHED | {Status.IN_CONVERSATION},
    Status.REFERRED: frozenset({Status.IN_CONVERSATION, Status.CLOSED}),
    Status.CLOSED: frozenset({Status.IN_CONVERSATION, Status.REFERRED}),
    Status.SPAM: frozenset({Status.NEW}),
}

# States that say that the person has heard from us: the promise of a reply is kept. An attempt
# alone does not say it.
ANSWERED = frozenset({Status.IN_CONVERSATION, Status.BOOKED, Status.REFERRED})


class MoveNotAllowed(Exception):
    """An inquiry cannot go from its state to the one that was asked for."""

    def __init__(self, source: Status, target: Status) -> None:
        super().__init__(f"An inquiry cannot move from {source.value} to {target.value}.")
