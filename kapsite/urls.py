"""Every address of the site: named routes first, Wagtail's page tree last."""

from collections.abc import Callable

from django.contrib.sitemaps.views import sitemap
from django.http.response import HttpResponseBase
from django.urls import include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.views.account import PasswordResetConfirmView
from wagtail.documents import urls as wagtaildocs_urls

from kapsite import health, styleguide
from kapsite.sign_in import NewPasswordForm
from pages import views
from pages.feeds import LibraryFeed
from pages.sitemap import PageSitemap

# What Wagtail needs besides pages, such as the door to a page with a password.
wagtail_utilities = [r for r in wagtail_urls.urlpatterns if r.name != "wagtail_serve"]


def safe(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Read only. Another method is answered with 405, before a form's token is asked for."""
    return csrf_exempt(require_safe(view))


urlpatterns = [
    path("healthz", safe(health.healthz), name="healthz"),
    path("readyz", safe(health.readyz), name="readyz"),
    path("robots.txt", safe(views.robots), name="robots"),
    path(".well-known/security.txt", safe(views.security_txt), name="security_txt"),
    path("sitemap.xml", safe(sitemap), {"sitemaps": {"pages": PageSitemap}}, name="sitemap"),
    path("feed.xml", safe(LibraryFeed()), name="feed"),
    path("favicon.ico", safe(views.icon), {"name": "favicon.ico"}, name="favicon"),
    path("apple-touch-icon.png", safe(views.icon), {"name": "apple-touch-icon.png"}),
    path("site.webmanifest", safe(views.manifest), name="manifest"),
    path("social/<int:pk>-<slug:digest>.png", safe(views.social_card), name="social_card"),
    path("search/", safe(views.search), name="search"),
    re_path(r"^media/images/(?P<path>.+\.svg)$", safe(views.drawing), name="drawing"),
    re_path(r"^media/images/(?P<path>.+)$", safe(views.rendition), name="media"),
    path("styleguide/", safe(styleguide.styleguide), name="styleguide"),
    path("documents/", include(wagtaildocs_urls)),
    # Wagtail's own view at its own address, with a form that speaks as the others do.
    path(
        "admin/password_reset/confirm/<uidb64>/<token>/",
        PasswordResetConfirmView.as_view(form_class=NewPasswordForm),
        name="new_password",
    ),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_utilities)),
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
]
handler400 = "kapsite.errors.bad_request"
handler403 = "kapsite.errors.permission_denied"
handler404 = "kapsite.errors.not_found"
handler500 = "kapsite.errors.server_error"
