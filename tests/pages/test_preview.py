"""The preview of a page is the page as visitors will see it, with Wagtail's tools beside it."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import nested_form_data, streamfield

from .conftest import texts_of
from .editing import LEFT_BY_THE_EDITOR, form_of

PAGES = ("/", "/about/", "/library/", "/library/how-safe-is-kap/", "/contact/")
PANEL = {"in_preview_panel": "true"}


def preview(client: Client, page: Page, changes: dict, **parameters: str) -> BeautifulSoup:
    """The preview as the editor asks for it: with what stands in the fields."""
    address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    form = form_of(page, client)
    for name, value in changes.items():
        form[name] = value
    assert client.post(address, form).json() == {"is_valid": True, "is_available": True}
    answer = client.get(address, parameters)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def without_what_differs(page: BeautifulSoup) -> list[str]:
    """The page word by word, without the user bar and what is drawn anew for each visit."""
    own = page.select('#wagtail-userbar-template, wagtail-userbar, script[src*="wagtailadmin"]')
    for element in (*own, *page.select('input[name="submission_id"], input[name="stamp"]')):
        element.decompose()
    for comment in page.find_all(string=lambda text: "user bar embed code" in text):
        comment.extract()
    return LEFT_BY_THE_EDITOR.sub("", str(page)).split()


@pytest.mark.parametrize("parameters", [{}, PANEL], ids=["in a tab", "in the panel"])
@pytest.mark.parametrize("address", PAGES)
def test_preview_is_the_published_page(address, parameters, editor, look, page_at):
    shown = preview(editor, page_at(address), {}, **parameters)
    assert without_what_differs(shown) == without_what_differs(look(address))


def test_preview_in_the_panel_hides_the_user_bar(editor, page_at):
    shown = preview(editor, page_at("/about/"), {}, **PANEL)
    assert shown.find(id="wagtail-userbar-template").find("aside").has_attr("hidden")


def test_preview_shows_what_is_not_saved_yet(editor, page_at):
    page = page_at("/library/how-safe-is-kap/")
    shown = preview(editor, page, {"title": "Another title"})
    assert texts_of(shown.select("h1")) == ["Another title"]
    assert shown.find(id="source-1")


def test_new_article_has_a_preview_before_it_is_ever_saved(editor, page_at):
    place = ["pages", "articlepage", page_at("/library/").pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=place)
    heading = {"text": "A first section", "level": "2"}
    form = {"title": "A new article"} | nested_form_data(
        {"body": streamfield([("heading", heading)])}
    )
    comments = {f"comments-{n}_FORMS": 0 for n in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    sent = editor.post(address, form | comments)
    assert sent.json() == {"is_valid": True, "is_available": True}
    shown = BeautifulSoup(editor.get(address).content, "html.parser")
    assert texts_of(shown.select("h1")) == ["A new article"]
    assert texts_of(shown.select('nav[aria-label="Breadcrumb"] a'))[:2] == ["Home", "Library"]
    assert "A first section" in texts_of(shown.select("main h2"))
    assert shown.select('nav[aria-label="Main"] a')


def test_preview_of_a_page_with_a_password_asks_for_none(editor, page_at):
    page = page_at("/about/")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="let me in")
    assert texts_of(preview(editor, page, {}).select("h1")) == [page.title]
