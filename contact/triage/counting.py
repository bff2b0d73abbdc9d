"""Counting as far as people read."""

from django.db.models import QuerySet

MOST_COUNTED = 99  # Nobody plans a day by a larger number, and the database stops looking there.


def bounded_count(rows: QuerySet) -> str:
    """How many rows there are, or that there are more than anybody needs to know."""
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)
