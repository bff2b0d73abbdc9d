"""The library shows its articles in order, by topic and in pages."""

import pytest

from pages.models import Topic
from pages.models import library as library_module
from pages.models.library import ARTICLES_PER_PAGE

from .conftest import texts_of


def titles(page) -> list[str]:
    return texts_of(page.select(".card__title"))


@pytest.fixture
def many(write) -> list[str]:
    """Enough articles of one topic for two pages; their titles in order."""
    topic = Topic.objects.create(name="Many", slug="many")
    names = [f"Article {n:02}" for n in range(ARTICLES_PER_PAGE + 1)]
    for name in names:
        write(name, topic=topic)
    return names


def test_topic_narrows_the_library(look, planted):
    assert len(titles(look("/library/"))) == 2
    [title] = titles(look("/library/?topic=safety"))
    assert title.startswith("How Safe Is KAP?")


def test_chosen_topic_is_marked(look, planted):
    page = look("/library/?topic=safety")
    assert texts_of(page.select(".topics [aria-current]")) == ["Safety"]
    assert texts_of(look("/library/").select(".topics [aria-current]")) == ["All topics"]


def test_topic_without_a_published_article_is_not_offered(look, write):
    write("Draft", live=False, topic=Topic.objects.create(name="Empty", slug="empty"))
    assert "Empty" not in texts_of(look("/library/").select(".topics a"))
    look("/library/?topic=empty", status=404)


def test_articles_are_paged_in_the_order_of_the_tree(look, many):
    first, second = look("/library/?topic=many"), look("/library/?topic=many&page=2")
    assert titles(first) + titles(second) == many
    assert len(titles(first)) == ARTICLES_PER_PAGE


def test_pages_lead_to_each_other_within_the_topic(look, many):
    first, second = look("/library/?topic=many"), look("/library/?topic=many&page=2")
    assert first.select_one('.pagination [rel="next"]')["href"] == "?topic=many&page=2"
    assert second.select_one('.pagination [rel="prev"]')["href"] == "?topic=many&page=1"
    assert not second.select('.pagination [rel="next"]')


def test_article_that_is_moved_changes_places(look, library, page_at):
    page_at("/library/kap-and-treatment-resistant-depression/").move(library, pos="first-child")
    assert titles(look("/library/"))[0].startswith("KAP and Treatment")


@pytest.mark.parametrize("number", ["0", "3", "-1", "x", "1.0", "\u00b2", "\u0661", "9" * 30, " 1"])
def test_page_that_is_not_there_is_not_found(look, many, number):
    look(f"/library/?topic=many&page={number}", status=404)


@pytest.mark.parametrize("topic", ["nothing", "SAFETY", "safety'", "1"])
def test_topic_that_is_not_there_is_not_found(look, planted, topic):
    look(f"/library/?topic={topic}", status=404)


def test_library_without_articles_says_so(look, library):
    for article in library.get_children():
        article.unpublish()
    page = look("/library/")
    assert "There are no articles here yet." in page.get_text()
    assert not page.select(".topics")


def test_draft_is_not_shown(look, write):
    write("A draft", live=False)
    assert "A draft" not in titles(look("/library/"))


def test_very_long_library_ends_with_the_ways_to_the_rest(look, many, monkeypatch):
    monkeypatch.setattr(library_module, "MOST_ARTICLES", ARTICLES_PER_PAGE)
    page = look("/library/?topic=many")
    assert titles(page) == many[:-1]
    assert "more articles than this list holds" in page.main.get_text()
    look("/library/?topic=many&page=2", status=404)


def test_library_that_is_shown_whole_says_nothing_of_a_rest(look, planted):
    assert "more articles" not in look("/library/").main.get_text()
