"""Every address of the site: named routes first, Wagtail's page tree last."""

from django.contrib.sitemaps.views import sitemap
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from kapsite import health
from pages import views
from pages.feeds import LibraryFeed
from pages.sitemap import PageSitemap

# What Wagtail needs besides pages, such as the door to a page with a password.
wagtail_utilities = [r for r in wagtail_urls.urlpatterns if r.name != "wagtail_serve"]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", views.security_txt, name="security_txt"),
    path(
        "sitemap.xml", require_safe(sitemap), {"sitemaps": {"pages": PageSitemap}}, name="sitemap"
    ),
    path("feed.xml", require_safe(LibraryFeed()), name="feed"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("search/", views.search, name="search"),
    re_path(r"^media/images/(?P<path>.+)$", views.rendition, name="media"),
    path("documents/", include(wagtaildocs_urls)),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(wagtail_utilities)),
    re_path(wagtail_urls.serve_pattern, views.page, name="wagtail_serve"),
]
handler400 = "kapsite.errors.bad_request"
handler403 = "kapsite.errors.permission_denied"
handler404 = "kapsite.errors.not_found"
handler500 = "kapsite.errors.server_error"
