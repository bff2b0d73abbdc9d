"""Views that are no pages of the tree: search, robots and other files with fixed addresses."""

from contextlib import closing
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.paginator import Paginator
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
)
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.http import http_date
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.static import serve
from wagtail.models import Page
from wagtail.views import serve as serve_page

from .compression import compressed
from .models import PracticeSettings, SitePage
from .routing import site_of
from .sharing import card_address, words_of
from .social_cards import draw
from .visibility import open_to_all

RESULTS_PER_PAGE = 10
LONGEST_QUERY = 200
A_YEAR = 365 * 24 * 60 * 60
PAGE_COLOUR = "#FAF8F3"

Answer = TypeVar("Answer", bound=HttpResponseBase)


@compressed
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Published pages that hold every word of `q`, best first. An unknown page shows the last."""
    query = " ".join(request.GET.get("q", "")[:LONGEST_QUERY].split())
    results = None
    if query.strip('" '):
        home = site_of(request).root_page
        pages = Page.objects.live().public().descendant_of(home, inclusive=True)
        paginator = Paginator(pages.specific().search(query, operator="and"), RESULTS_PER_PAGE)
        results = paginator.get_page(request.GET.get("page"))
    context = {"query": query, "results": results, "page_query": urlencode({"q": query}) + "&"}
    return render(request, "pages/search.html", context)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: all but the admin and search results."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /search/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain")


@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Where to report a weakness, after RFC 9116: the contact form, and an expiry within a year."""
    expires = (timezone.now() + timedelta(days=180)).replace(microsecond=0)
    lines = [
        f"Contact: {settings.SITE_URL}/contact/",
        f"Expires: {expires.isoformat()}",
        "Preferred-Languages: en",
        f"Canonical: {settings.SITE_URL}/.well-known/security.txt",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@require_safe
def icon(request: HttpRequest, name: str) -> HttpResponse:
    """Browsers and telephones ask for these addresses whatever the page says."""
    return HttpResponseRedirect(staticfiles_storage.url(f"img/{name}"))


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Name, colours and icons for whoever puts the site on a home screen."""
    home = site_of(request).root_page
    name = PracticeSettings.load().name or home.seo_title or home.title
    icons = (("icon-192", 192, "any"), ("icon-512", 512, "any"), ("icon-maskable", 512, "maskable"))
    facts = {
        "name": name,
        "start_url": "/",
        "display": "browser",
        "theme_color": PAGE_COLOUR,
        "background_color": PAGE_COLOUR,
        "icons": [
            {
                "src": staticfiles_storage.url(f"img/{file}.png"),
                "sizes": f"{size}x{size}",
                "type": "image/png",
                "purpose": purpose,
            }
            for file, size, purpose in icons
        ],
    }
    return JsonResponse(facts, content_type="application/manifest+json")


@require_safe
def social_card(request: HttpRequest, pk: int, digest: str) -> HttpResponse:
    """The card of a page that everybody may see. An older address leads to the present one.

    Raises Http404 for any other page. Only the present digest is drawn, so there is no more to
    draw than there are pages.
    """
    page = get_object_or_404(open_to_all(Page.objects.all()), pk=pk).specific
    if not isinstance(page, SitePage):
        raise Http404
    practice = PracticeSettings.load()
    words = words_of(page, practice)
    if digest != words.digest:
        answer = HttpResponseRedirect(card_address(page, practice))
        answer["Cache-Control"] = "public, max-age=60"
        return answer
    return _kept_for_a_year(HttpResponse(draw(words), content_type="image/png"))


@compressed
@require_safe
def drawing(request: HttpRequest, path: str) -> HttpResponse:
    """A drawing. Opened by itself it is a document, so nothing in it may run."""
    response = rendition(request, path)
    if isinstance(response, FileResponse):
        with closing(response):
            response = HttpResponse(response.getvalue(), headers=response.headers)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response


@require_safe
def rendition(request: HttpRequest, path: str) -> FileResponse | HttpResponse:
    """A size of an image. Its name changes with its content, so it may be kept for a year."""
    response = serve(request, path, document_root=str(settings.MEDIA_ROOT / "images"))
    return _kept_for_a_year(response)


def _kept_for_a_year(response: Answer) -> Answer:
    """The response, for an address that changes with its content."""
    response["Cache-Control"] = f"public, max-age={A_YEAR}, immutable"
    response["Expires"] = http_date(timezone.now().timestamp() + A_YEAR)
    return response


@compressed
@csrf_exempt
def page(request: HttpRequest, path: str) -> HttpResponse:
    """The page at `path`: Wagtail's own view, with the site found in one query.

    A page type that takes POST at all has to say so (`allowed_http_methods`), and brings its own
    protection against forged posts. A cookie for it would stand in the way of whoever blocks them.
    """
    site_of(request)
    return serve_page(request, path)
