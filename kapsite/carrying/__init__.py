"""Carrying a whole site from SQLite to PostgreSQL: one transaction, proved before it ends.

A backup of one kind of database does not restore into the other, since a dump is written in the
words of its own kind. So the rows are read as values, written as values, and compared as values.

`source` holds the old database still, `tables` knows what a row is, `target` fills the new
database, `whole` does it all in order.
"""

from .trouble import CarryError, Uncertain
from .whole import carry_over

__all__ = ["CarryError", "Uncertain", "carry_over"]
