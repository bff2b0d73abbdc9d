"""What goes wrong on the way, in words for whoever has to mend it."""

from django.db import Error


class CarryError(Exception):
    """A site that cannot be carried over; the message says why, and quotes no row."""


class Uncertain(CarryError):
    """The new database did not say whether it kept what was carried. It has all of it or none."""


def name_of(error: Error) -> str:
    """What kind of error a database raised, and where. Its own message may quote a row."""
    cause = error.__cause__ or error
    diagnosis = getattr(cause, "diag", None)
    table = getattr(diagnosis, "table_name", None)
    constraint = getattr(diagnosis, "constraint_name", None)
    where = ", ".join(filter(None, (table, constraint)))
    return f"{type(cause).__name__}{f' ({where})' if where else ''}"
