"""A private page, and what lies below it, is for whoever may see it."""

import pytest
from wagtail.models import PageViewRestriction

ARTICLE = "/library/how-safe-is-kap/"


@pytest.fixture(params=[ARTICLE, "/library/"], ids=["itself", "above"])
def restricted(request, page_at):
    """A function: restricts the article, or the library above it."""

    def restrict(**rule: str) -> PageViewRestriction:
        return PageViewRestriction.objects.create(page=page_at(request.param), **rule)

    return restrict


def test_visitor_is_asked_to_sign_in(restricted, visitor):
    restricted(restriction_type="login")
    answer = visitor.get(ARTICLE)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/admin/login/?next=")


def test_whoever_is_signed_in_sees_the_page(restricted, outsider):
    restricted(restriction_type="login")
    assert outsider.get(ARTICLE).status_code == 200


def test_page_opens_with_its_password(restricted, visitor):
    rule = restricted(restriction_type="password", password="let me in")
    asked = visitor.get(ARTICLE)
    assert b"dissociation" not in asked.content
    form = {"password": "let me in", "return_url": ARTICLE}
    opened = visitor.post(f"/_util/authenticate_with_password/{rule.pk}/{rule.page.pk}/", form)
    assert opened.status_code == 302
    assert b"dissociation" in visitor.get(ARTICLE).content


def test_page_stays_closed_to_a_wrong_password(restricted, visitor):
    rule = restricted(restriction_type="password", password="let me in")
    form = {"password": "open", "return_url": ARTICLE}
    visitor.post(f"/_util/authenticate_with_password/{rule.pk}/{rule.page.pk}/", form)
    assert b"dissociation" not in visitor.get(ARTICLE).content


def test_private_page_is_named_nowhere(restricted, visitor):
    restricted(restriction_type="login")
    for address in (
        "/sitemap.xml",
        "/feed.xml",
        "/search/?q=dissociation",
        "/library/?topic=safety",
    ):
        assert b"how-safe-is-kap" not in visitor.get(address).content, address


def test_page_beside_stays_open(page_at, visitor):
    PageViewRestriction.objects.create(page=page_at(ARTICLE), restriction_type="login")
    beside = "/library/kap-and-treatment-resistant-depression/"
    assert visitor.get(beside).status_code == 200
