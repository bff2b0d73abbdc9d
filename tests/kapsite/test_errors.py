"""Each error page says what to do next and carries crisis help."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client, RequestFactory
from wagtail.models import Site

from kapsite import errors
from pages.models import ArticlePage, HomePage

REQUEST = RequestFactory().get("/nowhere/")
HANDLERS = {
    400: lambda: errors.bad_request(REQUEST, ValueError()),
    403: lambda: errors.permission_denied(REQUEST, ValueError()),
    404: lambda: errors.not_found(REQUEST, ValueError()),
    500: lambda: errors.server_error(REQUEST),
}


def assert_helps(html: bytes) -> None:
    """The page is whole, leads home, and tells whom to call."""
    page = BeautifulSoup(html, "html.parser")
    assert len(page.find_all("h1")) == 1
    assert page.title.get_text().strip()
    links = {link["href"] for link in page.find("main").find_all("a")}
    assert {"tel:988", "tel:911", "/"} <= links


@pytest.mark.parametrize("status", HANDLERS)
def test_error_page_carries_crisis_help_and_a_way_home(planted, status):
    answer = HANDLERS[status]()
    assert answer.status_code == status
    assert_helps(answer.content)


@pytest.mark.parametrize("status", [400, 403, 500])
def test_error_page_needs_no_database(status):
    assert_helps(HANDLERS[status]().content)  # pytest-django refuses a query here.


def test_page_that_breaks_shows_the_error_page_and_not_the_error(planted, monkeypatch):
    def break_down(self, request, *args, **kwargs):
        raise RuntimeError("private words")

    monkeypatch.setattr(ArticlePage, "get_context", break_down)
    answer = Client(raise_request_exception=False).get("/library/how-safe-is-kap/")
    assert answer.status_code == 500
    assert_helps(answer.content)
    assert b"private words" not in answer.content


def test_address_that_is_not_there_shows_the_menu_and_a_search(visitor, planted):
    page = BeautifulSoup(visitor.get("/nowhere/").content, "html.parser")
    assert_helps(str(page).encode())
    assert page.find("nav", {"aria-label": "Main"})
    assert page.find("main").find("input", {"type": "search"})


def test_error_page_does_not_repeat_the_address(visitor, planted):
    assert b"jane-doe-private" not in visitor.get("/jane-doe-private/").content


def test_site_before_set_up_answers_not_found_with_crisis_help(visitor, planted):
    Site.objects.all().delete()
    HomePage.objects.all().delete()
    answer = visitor.get("/")
    assert answer.status_code == 404
    assert_helps(answer.content)
