"""Search finds what is published, for everybody, whatever somebody types."""

from urllib.parse import urlencode

import pytest
from django.db import connection
from wagtail.models import PageViewRestriction

from .conftest import texts_of

HARMLESS = [
    '"',
    '""',
    "'",
    "''; DROP TABLE wagtailcore_page; --",
    "*",
    "ketamine*",
    "%",
    "_",
    "%%%",
    "ketamine AND",
    "OR",
    "NOT",
    "NOT ketamine",
    "NEAR(",
    "NEAR(ketamine safety, 5)",
    "-",
    "- -",
    "-ketamine",
    "+",
    "^ketamine",
    "(",
    ")",
    "title:ketamine",
    "ketamine:*",
    "a:b:c",
    "\\",
    "&",
    "|",
    "!",
    "<->",
    "{{ 1 }}",
    "<script>alert(1)</script>",
    "é",
    "治療",
    "\U0001f600",
]


@pytest.fixture
def results(look):
    """A function: the titles that a search finds."""

    def find(query: str) -> list[str]:
        return texts_of(look("/search/?" + urlencode({"q": query})).select(".results h2"))

    return find


def test_published_text_is_found_by_its_words(write, results):
    write("Lighthouse", ("text", "<p>A keeper of the quixotic beam.</p>"))
    assert results("quixotic") == ["Lighthouse"]
    assert results("lighthouse") == ["Lighthouse"]


def test_words_in_every_kind_of_block_are_found(write, results):
    questions = {"title": "", "questions": [{"question": "Zephyr?", "answer": "<p>Mistral.</p>"}]}
    write("Winds", ("questions", questions), ("heading", {"text": "Sirocco", "level": "2"}))
    for word in ("zephyr", "mistral", "sirocco"):
        assert results(word) == ["Winds"], word


def test_page_must_hold_every_word(write, results):
    write("Lighthouse", ("text", "<p>A quixotic beam.</p>"))
    assert results("quixotic beam") == ["Lighthouse"]
    assert results("quixotic submarine") == []


def test_keys_of_citations_are_not_found(write, sources, results):
    sources("quixote-1605")
    write("Cited", ("text", "<p>Windmills [@quixote-1605].</p>"))
    assert results("windmills") == ["Cited"]
    assert results("1605") == []


def test_draft_is_not_found(write, results):
    write("Lighthouse", ("text", "<p>quixotic</p>"), live=False)
    assert results("quixotic") == []


def test_unpublished_page_is_not_found_any_more(write, results):
    write("Lighthouse", ("text", "<p>quixotic</p>")).unpublish()
    assert results("quixotic") == []


def test_changed_draft_of_a_published_page_is_not_found(write, results):
    page = write("Lighthouse", ("text", "<p>quixotic</p>"))
    page.body = [("text", "<p>pragmatic</p>")]
    page.save_revision()
    assert results("pragmatic") == []
    assert results("quixotic") == ["Lighthouse"]


def test_private_page_is_not_found(write, results):
    page = write("Lighthouse", ("text", "<p>quixotic</p>"))
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert results("quixotic") == []


def test_page_below_a_private_one_is_not_found(write, results, library):
    write("Lighthouse", ("text", "<p>quixotic</p>"))
    PageViewRestriction.objects.create(page=library, restriction_type="login")
    assert results("quixotic") == []


@pytest.mark.parametrize("query", ["", " ", "\t\n"])
def test_empty_search_shows_the_form_alone(look, planted, query):
    page = look(f"/search/?q={query}")
    assert texts_of(page.select("h1")) == ["Search"]
    assert not page.select(".results")


@pytest.mark.parametrize("query", HARMLESS)
def test_what_means_something_to_a_database_is_only_text(look, planted, query):
    page = look("/search/?" + urlencode({"q": query}))
    assert page.select_one("#search-q")["value"] == query
    assert not page.main.find("script")


def test_minus_and_quotes_do_not_turn_a_search_around(write, results):
    write("Lighthouse", ("text", "<p>A quixotic beam.</p>"))
    assert results("beam -quixotic") == ["Lighthouse"]
    assert results('"beam quixotic"') == ["Lighthouse"]
    assert results('beam" quixotic') == ["Lighthouse"]


def test_long_search_is_cut_and_answered(look, planted):
    page = look("/search/?q=" + "ketamine+" * 10_000)
    assert len(page.select_one("#search-q")["value"]) <= 200


def test_search_without_a_result_says_what_to_try(look, planted):
    page = look("/search/?q=xylophone+zebra")
    assert "No page holds all of these words: “xylophone zebra”" in page.main.get_text()


def test_results_are_paged(write, look):
    for n in range(11):
        write(f"Lighthouse {n}", ("text", "<p>quixotic</p>"))
    first, second = look("/search/?q=quixotic"), look("/search/?q=quixotic&page=2")
    assert "11 pages found." in first.main.get_text()
    assert len(first.select(".results li")) == 10
    assert len(second.select(".results li")) == 1
    assert first.select_one('.pagination [rel="next"]')["href"] == "?q=quixotic&page=2"


@pytest.mark.parametrize("number", ["99", "0", "-1", "x", ""])
def test_page_of_results_that_is_not_there_shows_one_that_is(write, look, number):
    write("Lighthouse", ("text", "<p>quixotic</p>"))
    assert look(f"/search/?q=quixotic&page={number}").select(".results li")


def test_page_is_named_by_its_description(write, look):
    write("Lighthouse", search_description="What a keeper does.", standfirst="quixotic")
    assert "What a keeper does." in look("/search/?q=quixotic").select_one(".results").get_text()


def test_search_engines_are_asked_not_to_list_the_results(look, planted):
    assert look("/search/?q=a").select_one('meta[name="robots"]')["content"] == "noindex"


def test_the_databases_own_search_is_at_work(planted):
    tables = connection.introspection.table_names()
    expected = "fts" if connection.vendor == "sqlite" else "indexentry"
    assert [name for name in tables if expected in name]
