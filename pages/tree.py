"""The pages that every page's frame names: the home page and those right below it."""

from functools import cached_property

from django.http import HttpRequest
from wagtail.models import Page

from .known import known
from .routing import site_of
from .visibility import open_to_all


class SiteTree:
    """The top of the page tree. One query, when something is first asked for."""

    def __init__(self, request: HttpRequest) -> None:
        """Raises Http404 while nothing has been set up."""
        self.home = site_of(request).root_page
        self._request = request

    @cached_property
    def pages(self) -> list[Page]:
        """The published pages right below the home page, in the order of the tree."""
        return known(self._request, "top", self._top)

    def _top(self) -> list[Page]:
        fields = ("title", "path", "depth", "url_path", "show_in_menus", "locale")
        return list(open_to_all(self.home.get_children()).only(*fields))

    @property
    def menu(self) -> list[Page]:
        """Those that editors put into menus."""
        return [page for page in self.pages if page.show_in_menus]

    @property
    def others(self) -> list[Page]:
        """The rest, for the footer."""
        return [page for page in self.pages if not page.show_in_menus]

    def trail(self, page: Page) -> list[Page]:
        """The published pages above `page`, from the home page down.

        One more query for a page that lies deeper than its section's own pages.
        """
        if page.depth <= self.home.depth + 2:
            above = [step for step in (self.home, *self.pages) if page.path.startswith(step.path)]
            return [step for step in above if step.path != page.path]
        ancestors = page.get_ancestors().filter(depth__gte=self.home.depth).live()
        return list(ancestors.order_by("path"))
