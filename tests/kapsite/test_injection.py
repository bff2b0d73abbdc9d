"""What a stranger types stays text: no template, no header and no link of ours is made of it."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from kapsite.models import User

from .sign_in.conftest import PASSWORD

# What a template engine would have worked out: Django's, Jinja's, ERB's, a shell's and a format's.
TEMPLATES = [
    "{{ 7777 * 7777 }}", "{{ settings.SECRET_KEY }}", "{% debug %}", "{% include 'base.html' %}",
    "${7777*7777}", "<%= 7777 * 7777 %>", "$(id)", "{0.__class__}", "%(SECRET_KEY)s",
]  # fmt: skip
SPLITS = ["%0d%0aSet-Cookie:%20planted=1", "%0aSet-Cookie:%20planted=1", "%E5%98%8A%E5%98%8DX:1"]
ELSEWHERE = [
    "//evil.example/library", "/\\evil.example/library", "/%2fevil.example/library",
    "/%5cevil.example/library", "/.evil.example/library", "/@evil.example/library",
    "///evil.example/library",
]  # fmt: skip
OWN_LINK = re.compile(r"https?://[^\s/]+")

pytestmark = pytest.mark.usefixtures("planted")


def escaped(text: str) -> str:
    """As it stands in a page."""
    return text.replace("'", "&#x27;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize("typed", TEMPLATES)
def test_search_repeats_a_template_as_text(typed, visitor):
    page = visitor.get("/search/", {"q": typed}).content.decode()
    assert escaped(typed) in page
    assert str(7777 * 7777) not in page


@pytest.mark.parametrize("typed", TEMPLATES)
def test_form_repeats_a_template_as_text(typed, visitor):
    page = visitor.post("/contact/", {"name": typed, "message": typed}).content.decode()
    assert page.count(escaped(typed)) >= 2
    assert str(7777 * 7777) not in page


@pytest.mark.parametrize("split", SPLITS)
@pytest.mark.parametrize(
    "path",
    ["/library/x{}", "/{}", "/search/?q={}", "/admin/?next={}", "/admin/{}", "/library?a={}"],
)
def test_nobody_adds_a_header(path, split, visitor):
    answer = visitor.get(path.format(split))
    assert "planted" not in answer.cookies
    for name, value in answer.items():
        assert not re.search(r"[\r\n]", name + value)


@pytest.mark.parametrize("path", ELSEWHERE)
def test_redirect_to_a_slash_stays_here(path, visitor):
    """A browser takes `//host` and `/\\host` for another site."""
    location = visitor.get(path).get("Location", "/")
    assert re.match(r"/(?![/\\])", location), location


@pytest.mark.parametrize(
    "header", ["HTTP_X_FORWARDED_HOST", "HTTP_FORWARDED", "HTTP_X_HOST", "HTTP_X_ORIGINAL_HOST"]
)
def test_mail_about_a_password_leads_here_whatever_the_request_says(header, visitor, settings):
    User.objects.create_superuser("ann@example.org", PASSWORD)
    sent = "host=evil.example" if header == "HTTP_FORWARDED" else "evil.example"
    address = reverse("wagtailadmin_password_reset")
    visitor.post(address, {"email": "ann@example.org"}, **{header: sent})
    [letter] = mail.outbox
    assert set(OWN_LINK.findall(letter.body)) == {settings.SITE_URL}


@pytest.mark.parametrize("name", ["X-Original-URL", "X-Rewrite-URL", "X-HTTP-Method-Override"])
def test_header_does_not_change_what_is_asked_for(name, visitor):
    """Some servers take the address or the method from here, past what stands in front of them."""
    asked = {name: "DELETE" if "Method" in name else "/admin/"}
    plain, odd = visitor.get("/library/"), visitor.get("/library/", headers=asked)
    assert (odd.status_code, odd.content) == (200, plain.content)
