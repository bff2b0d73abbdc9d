"""Error pages: each says what to do next and carries crisis help."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from pages.cache import publish

from .logs import request_id


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read. Needs no database and trusts nothing of the request."""
    return HttpResponse(render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: somebody is where they may not be."""
    return HttpResponse(render_to_string("403.html"), status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came back without its token. The reason is for developers, not for the page."""
    return HttpResponse(render_to_string("403.html"), status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404: inside the site's own frame, with the ways that lead on. The same for everybody."""
    publish(request)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: needs nothing but the template, since anything else may be what broke."""
    return HttpResponse(render_to_string("500.html", {"number": request_id.get()}), status=500)
