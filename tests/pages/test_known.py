"""What only a change of the site changes is remembered for visitors, and looked up for staff."""

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from pages import cache, known
from pages.known import VERSION

from .fronts import Front

SEARCH = "/search/?q=nothingofthesort"  # Never kept, so that it is made each time.


@pytest.fixture
def ask():
    """A function: what is known of a name in a version, and how often it had to be found."""
    found = []

    def fact(name: str, version: str | None) -> int:
        request = WSGIRequest(RequestFactory().get("/").environ | {VERSION: version})
        known.known(request, name, lambda: found.append(name))
        return len(found)

    return fact


def test_fact_is_found_once_in_a_version(ask):
    assert [ask("a", "1"), ask("a", "1"), ask("b", "1"), ask("a", "2")] == [1, 1, 2, 3]


def test_without_a_version_everything_is_found_anew(ask):
    assert [ask("a", None), ask("a", None)] == [1, 2]


def test_no_more_is_remembered_than_there_is_room_for(ask):
    for number in range(known.MOST + 5):
        ask(str(number), "crowded")
    before = ask("0", "crowded")
    assert ask(str(known.MOST + 4), "crowded") == before + 1


@pytest.fixture
def front(planted, monkeypatch) -> Front:
    monkeypatch.setattr(cache, "LOOK_EVERY", 0)
    return Front()


def queries(front: Front, **headers: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert front.get(SEARCH, **headers).status == 200
    return len(captured)


def test_second_visitor_takes_fewer_queries(front, practice):
    practice(name="The practice")  # Another version than any test before has known.
    first = queries(front)
    assert queries(front) <= first - 3


def test_change_is_seen_by_the_next_visitor(front, practice, page_at):
    assert b"The practice" not in front.get(SEARCH).body
    practice(name="The practice")
    assert b"The practice" in front.get(SEARCH).body
    page_at("/about/").unpublish()
    assert b'href="/about/"' not in front.get(SEARCH).body


def test_staff_see_what_there_is_and_not_what_was_known(front, practice, monkeypatch):
    front.get(SEARCH)
    monkeypatch.setattr(cache, "LOOK_EVERY", 1000)
    front.get(SEARCH)
    practice(name="The practice")
    assert b"The practice" not in front.get(SEARCH).body
    cookie = f"{settings.SESSION_COOKIE_NAME}=x"
    assert b"The practice" in front.get(SEARCH, cookie=cookie).body
