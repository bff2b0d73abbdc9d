"""Every address of the site: named routes first, Wagtail's page tree last."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from kapsite import health, metrics, styleguide
from pages import views
from pages.cache import publish
from pages.feeds import LibraryFeed
from pages.sitemap import sitemap

# What Wagtail needs besides pages, such as the door to a page with a password.
wagtail_utilities = [r for r in wagtail_urls.urlpatterns if r.name != "wagtail_serve"]


def safe(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Read only. Another method is answered with 405, before a form's token is asked for."""
    return csrf_exempt(require_safe(view))


def for_everybody(
    view: Callable[..., HttpResponseBase], *query_keys: str
) -> Callable[..., HttpResponseBase]:
    """Read only, and the same for everybody who asks with the same values of these keys."""

    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        publish(request, *query_keys)
        return view(request, *args, **kwargs)

    return safe(answer)


urlpatterns = [
    path("healthz", safe(health.healthz), name="healthz"),
    path("readyz", safe(health.readyz), name="readyz"),
    path("metrics", safe(metrics.metrics), name="metrics"),
    path("robots.txt", for_everybody(views.robots), name="robots"),
    path(".well-known/security.txt", for_everybody(views.security_txt), name="security_txt"),
    path("sitemap.xml", for_everybody(sitemap, "p"), name="sitemap"),
    path("feed.xml", for_everybody(LibraryFeed()), name="feed"),
    path("favicon.ico", safe(views.icon), {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", safe(views.icon), {"name": "apple-touch-icon.png"}),
    path("site.webmanifest", for_everybody(views.manifest), name="manifest"),
    path("social/<int:pk>-<slug:digest>.png", for_everybody(views.social_card), name="social_card"),
    path("search/", safe(views.search), name="search"),
    re_path(r"^media/images/(?P<path>.+\.svg)$", for_everybody(views.drawing), name="drawing"),
    re_path(r"^media/images/(?P<path>.+)$", safe(views.rendition), name="media"),
    path("styleguide/", safe(styleguide.styleguide), name="styleguide"),
    path("documents/", include(wagtaildocs_urls)),
    path("admin/", include("kapsite.sign_in.urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_utilities)),
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
]
handler400 = "kapsite.errors.bad_request"
handler403 = "kapsite.errors.permission_denied"
handler404 = "kapsite.errors.not_found"
handler500 = "kapsite.errors.server_error"
