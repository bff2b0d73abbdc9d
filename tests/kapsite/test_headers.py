"""The headers of every kind of response, whoever made it."""

import pytest
from csp.constants import HEADER
from django.http import HttpResponseNotFound
from django.test import Client
from django.urls import reverse
from whitenoise.middleware import WhiteNoiseMiddleware

from kapsite import headers
from kapsite.models import User
from pages.models import PracticeImage
from pages.styles import style_sheet

from .sign_in.conftest import PASSWORD, first_step

ARTICLE = "/library/how-safe-is-kap/"
ON_EVERYTHING = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
# Each kind of answer that a visitor can get: method, address, and what comes back.
PUBLIC = {
    "page": ("get", ARTICLE, 200),
    "head of a page": ("head", ARTICLE, 200),
    "home": ("get", "/", 200),
    "contact form": ("get", "/contact/", 200),
    "contact form with errors": ("post", "/contact/", 200),
    "thanks": ("get", "/contact/thanks/", 200),
    "search": ("get", "/search/?q=ketamine", 200),
    "feed": ("get", "/feed.xml", 200),
    "sitemap": ("get", "/sitemap.xml", 200),
    "robots": ("get", "/robots.txt", 200),
    "security.txt": ("get", "/.well-known/security.txt", 200),
    "manifest": ("get", "/site.webmanifest", 200),
    "redirect": ("get", ARTICLE.rstrip("/"), 301),
    "wrong request": ("get", "/?q=%00", 400),
    "nothing there": ("get", "/nothing-here/", 404),
    "wrong method": ("put", "/robots.txt", 405),
    "alive": ("get", "/healthz", 200),
}
ADMIN = {
    "sign-in": "/admin/login/",
    "dashboard": "/admin/",
    "page editor": "/admin/pages/4/edit/",
    "inbox": "/admin/inquiries/",
    "export": "/admin/inquiries/records/export/",
    "second step": "/admin/second-step/",
    "session": "/admin/session/",
    "nothing there": "/admin/nothing-here/",
}

pytestmark = pytest.mark.usefixtures("planted")


def policy(answer) -> dict[str, str]:
    """The directives of the policy."""
    parts = [part.partition(" ") for part in answer[HEADER].split("; ")]
    return {name: value for name, _, value in parts}


def assert_on_everything(answer) -> None:
    assert {name: answer[name] for name in ON_EVERYTHING} == ON_EVERYTHING
    assert "camera=()" in answer["Permissions-Policy"]
    assert policy(answer)["default-src"] == "'none'"
    assert policy(answer)["base-uri"] == "'none'"


@pytest.mark.parametrize("kind", PUBLIC)
def test_visitor_gets_a_policy_without_scripts(kind, visitor):
    method, address, status = PUBLIC[kind]
    answer = getattr(visitor, method)(address)
    assert answer.status_code == status
    assert_on_everything(answer)
    assert policy(answer) == {
        "default-src": "'none'",
        "base-uri": "'none'",
        "font-src": "'self'",
        "connect-src": "'self'",
        "form-action": "'self'",
        "frame-ancestors": "'none'",
        "img-src": "'self'",
        "manifest-src": "'self'",
        "style-src": headers.hash_of(style_sheet()),
    }
    assert answer["X-Frame-Options"] == "DENY"
    assert not answer.cookies


@pytest.mark.parametrize("kind", ADMIN)
def test_admin_runs_files_of_this_site_only_and_is_never_stored(kind, owner):
    answer = owner.get(ADMIN[kind], follow=kind == "sign-in")
    assert_on_everything(answer)
    assert policy(answer)["script-src"] == "'self'"
    assert "unsafe-eval" not in answer[HEADER]
    assert "'unsafe-inline'" not in policy(answer).get("script-src", "")
    assert "no-store" in answer["Cache-Control"]


def test_error_of_ours_has_them_too(visitor, monkeypatch):
    monkeypatch.setattr("kapsite.health.holds", lambda probe: 1 / 0)
    answer = Client(raise_request_exception=False).get("/readyz")
    assert answer.status_code == 500
    assert_on_everything(answer)


def test_refused_form_has_them_too(owner):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    answer = strict.post(reverse("sign_out"))
    assert answer.status_code == 403
    assert_on_everything(answer)
    assert "no-store" in answer["Cache-Control"]


def test_image_has_them_and_may_be_kept(visitor):
    image = PracticeImage.objects.first()
    answer = visitor.get(image.get_rendition("width-320").url)
    assert {name: answer[name] for name in ON_EVERYTHING} == ON_EVERYTHING
    assert policy(answer)["default-src"] == "'none'"
    assert "script-src" not in policy(answer)
    assert "no-store" not in answer.get("Cache-Control", "")


def test_static_file_is_not_offered_to_other_sites(rf, settings, tmp_path):
    (tmp_path / "a.css").write_text("a {}")
    settings.STATIC_ROOT = tmp_path
    server = WhiteNoiseMiddleware(lambda request: HttpResponseNotFound())
    answer = server(rf.get("/static/a.css", headers={"Origin": "https://elsewhere.example"}))
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer
    answer.close()


@pytest.mark.parametrize("address", ["/contact/thanks/", "/contact/"])
def test_answer_to_a_form_is_never_stored(address, visitor):
    assert "no-store" in visitor.post(address)["Cache-Control"]


def test_cookies_of_staff_are_out_of_reach_of_scripts_and_of_other_sites(visitor):
    account = User.objects.create_superuser("ann@example.org", PASSWORD)
    cookies = first_step(visitor, account.email).cookies
    session = cookies["session"]
    assert (session["httponly"], session["samesite"], session["path"]) == (True, "Lax", "/")
    assert not session["domain"]
    assert cookies["csrf"]["samesite"] == "Lax"
