"""Headings have addresses of their own, and the contents list leads to them."""

import pytest
from django.core.exceptions import ValidationError

from pages.anchors import anchor_of
from pages.models import ArticlePage

from .conftest import texts_of


def heading(text: str, level: str = "2") -> tuple[str, dict[str, str]]:
    return "heading", {"text": text, "level": level}


def test_contents_lead_to_the_sections_and_not_to_their_parts(write, look):
    write("Long", heading("One"), heading("A part", "3"), heading("Two"), heading("Three"))
    page = look("/library/long/")
    assert texts_of(page.select(".contents a")) == ["One", "Two", "Three"]
    for link in page.select(".contents a"):
        target = page.find(id=link["href"].removeprefix("#"))
        assert (target.name, target.get_text()) == ("h2", link.get_text())


def test_short_article_has_no_contents(write, look):
    write("Short", heading("One"), heading("Two"))
    assert not look("/library/short/").select(".contents")


@pytest.mark.parametrize("again", ["One", "one", "One!", " ONE "])
def test_two_headings_with_one_address_are_refused_and_named(planted, again):
    page = ArticlePage(title="T", slug="t", body=[heading("One"), heading(again, "3")])
    with pytest.raises(ValidationError, match=f"Two headings read “{again}”") as refused:
        page.validate_content()
    assert set(refused.value.message_dict) == {"body"}


def test_headings_with_different_words_are_accepted(planted):
    ArticlePage(title="T", slug="t", body=[heading("One"), heading("One more")]).validate_content()


@pytest.mark.parametrize("text", ["Wirkung", "何が違うのか", "¿Qué es?", "???", "one two"])
def test_every_heading_has_an_address_without_spaces(text):
    assert anchor_of(text).startswith("section-")
    assert len(anchor_of(text)) > len("section-")
    assert " " not in anchor_of(text)


def test_words_that_name_a_part_of_every_page_do_not_clash(write, look):
    write("Clash", heading("Sources"), heading("Contents"), heading("Main"))
    page = look("/library/clash/")
    ids = [element["id"] for element in page.find_all(id=True)]
    assert len(ids) == len(set(ids))
