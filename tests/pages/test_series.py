"""Articles of a series lead to each other in the order of the page tree."""

import pytest
from wagtail.models import PageViewRestriction

from pages import neighbours
from pages.models import Series


@pytest.fixture
def three(write):
    """Three articles of one series, and one of none between them."""
    series = Series.objects.create(name="A series", slug="a-series")
    first = write("First", series=series)
    second = write("Second", series=series)
    write("Apart")
    third = write("Third", series=series)
    return first, second, third


@pytest.fixture
def pager(look):
    """A function: where "previous" and "next" of an article lead."""

    def links(slug: str) -> dict[str, str]:
        return {a["rel"][0]: a["href"] for a in look(f"/library/{slug}/").select(".pager a")}

    return links


def test_articles_lead_to_their_neighbours(three, pager):
    assert pager("first") == {"next": "/library/second/"}
    assert pager("second") == {"prev": "/library/first/", "next": "/library/third/"}
    assert pager("third") == {"prev": "/library/second/"}


def test_article_that_is_not_published_is_passed_by(three, pager):
    three[1].unpublish()
    assert pager("first") == {"next": "/library/third/"}
    assert pager("third") == {"prev": "/library/first/"}


def test_article_that_is_moved_changes_places(three, pager, library):
    three[2].move(library, pos="first-child")
    assert pager("third") == {"next": "/library/first/"}
    assert pager("first") == {"prev": "/library/third/", "next": "/library/second/"}


def test_article_of_no_series_leads_nowhere(three, pager):
    assert pager("apart") == {}


def test_only_article_of_a_series_leads_nowhere(three, pager, write):
    write("Lone", series=Series.objects.create(name="Lone", slug="lone"))
    assert pager("lone") == {}


def test_starter_articles_lead_to_each_other(pager, planted):
    assert pager("how-safe-is-kap") == {"next": "/library/kap-and-treatment-resistant-depression/"}


def test_neighbours_are_looked_for_near_by(three, pager, monkeypatch):
    monkeypatch.setattr(neighbours, "NEIGHBOURHOOD", 1)
    assert pager("first") == {"next": "/library/second/"}
    assert pager("second") == {"prev": "/library/first/"}
    assert pager("third") == {}


def test_article_that_is_kept_private_is_passed_by(three, pager):
    rule = PageViewRestriction.objects.create(page=three[1], restriction_type="login")
    assert pager("first") == {"next": "/library/third/"}
    assert pager("third") == {"prev": "/library/first/"}
    rule.delete()
    assert pager("first") == {"next": "/library/second/"}
