"""From an address to its page in a few queries, however deep the page lies.

Wagtail asks the database for the site, its root and then twice for every part of the address. There
is one site here and a page's whole path is in its row, so one question finds the page.
"""

from typing import TYPE_CHECKING

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult

from .known import known

if TYPE_CHECKING:
    from .models import HomePage


def site_of(request: HttpRequest) -> Site:
    """The one site with its home page, in one query, kept where Wagtail looks for it.

    Raises Http404 while there is no site: nothing has been set up.
    """
    kept = vars(request)
    if kept.get("_wagtail_site") is None:
        kept["_wagtail_site"] = known(request, "site", _site)
    return kept["_wagtail_site"]


def _site() -> Site:
    fields = ("root_page__homepage__image", "root_page__homepage__locale")
    site = Site.objects.select_related(*fields).filter(is_default_site=True).first()
    if site is None or not hasattr(site.root_page, "homepage"):
        raise Http404
    site.root_page = site.root_page.homepage
    return site


def route_below(home: "HomePage", request: HttpRequest, components: list[str]) -> RouteResult:
    """The page at `components` below `home`, or what the deepest page on the way makes of the rest.

    Raises Http404 where there is neither.
    """
    if request.method == "POST":
        # What is read is kept whole; what is sent goes to one page or two, whose row every visitor
        # who sends something would wait for.
        name = f"/{'/'.join(components)}/"
        page, rest = known(request, name, lambda: _deepest_page(home, components))
    else:
        page, rest = _deepest_page(home, components)
    all_is_open = not known(request, "private pages", PageViewRestriction.objects.exists)
    vars(page)["nothing_is_private"] = all_is_open  # See `SitePage.get_view_restrictions`.
    return page.route(request, rest)


def _deepest_page(home: "HomePage", components: list[str]) -> tuple[Page, list[str]]:
    """The page furthest along the way, and the parts of the address behind it."""
    paths = [home.url_path + "/".join(components[:n]) + "/" for n in range(1, len(components) + 1)]
    # The slug is indexed and the path is not: the one narrows, the other decides.
    pages = Page.objects.filter(slug__in=components, url_path__in=paths).order_by("-depth")
    # Not as pages: a page is forty columns, and these three say what to ask for.
    found = pages.values_list("pk", "content_type_id", "url_path").first()
    if found is None:
        raise Http404
    pk, content_type_id, path = found
    return _whole(pk, content_type_id), components[paths.index(path) + 1 :]


def _whole(pk: int, content_type_id: int) -> Page:
    """The page with the fields of its own type and what its template will ask for.

    Raises Http404 where that type is gone from the code.
    """
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None:
        raise Http404
    return model._default_manager.select_related(*getattr(model, "served_with", ())).get(pk=pk)
