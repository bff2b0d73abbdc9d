"""Counting as far as people read."""

from typing import Any

from django.core.paginator import Page
from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

MOST_COUNTED = 99  # Nobody plans a day by a larger number, and the database stops looking there.
MOST_AHEAD = 1000  # Rows that a list counts beyond the page that it shows: twenty pages or so.


def bounded_count(rows: QuerySet) -> str:
    """How many rows there are, or that there are more than anybody needs to know."""
    count = rows.order_by()[: MOST_COUNTED + 1].count()
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count)


class BoundedPaginator(WagtailPaginator):
    """Pages of a list that may be very long: it counts some way beyond the page asked for.

    From each page the next twenty can be reached, and any page by its number in the address. When
    there are more rows than were counted, `has_more` is true and the words say so.
    """

    _before = 0

    def get_page(self, number: Any) -> Page:
        """The page asked for. The rows before it are counted as well, so it must be known first."""
        if str(number).isdecimal() and len(str(number)) < 10:  # What no list has asks for nothing.
            self._before = (max(int(number), 1) - 1) * self.per_page
        return super().get_page(number)

    @property
    def _most(self) -> int:
        return self._before + MOST_AHEAD

    @cached_property
    def _found(self) -> int:
        return self.object_list.order_by()[: self._most + 1].count()

    @property
    def has_more(self) -> bool:
        """Whether there are more rows than `count` says."""
        return self._found > self._most

    @cached_property
    def count(self) -> int:
        return min(self._found, self._most)

    @property
    def counted(self) -> str:
        """The count as people write it."""
        return number_format(self.count, use_l10n=True, force_grouping=True)

    @property
    def items_count_label(self) -> str:
        if not self.has_more:
            return str(super().items_count_label)
        words = {"number": self.counted, "things": self.verbose_name_plural}
        return _("more than %(number)s %(things)s") % words
