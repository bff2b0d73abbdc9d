"""Published pages come out of memory, and nothing that belongs to one visitor gets into it."""

import gzip
import threading
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import OperationalError
from wagtail.models import PageViewRestriction

from pages import cache, shelf
from pages.cache import publish
from pages.compression import encode
from pages.models import StandardPage
from pages.shelf import Shelf

from .fronts import Front

ARTICLE = "/library/how-safe-is-kap/"
READ = {None: bytes, "br": brotli.decompress, "gzip": gzip.decompress}

pytestmark = pytest.mark.usefixtures("planted")


@pytest.fixture
def front(monkeypatch) -> Front:
    """The cache in front of Django, which looks at the version at every request."""
    monkeypatch.setattr(cache, "LOOK_EVERY", 0)
    return Front()


@pytest.mark.parametrize(
    "address",
    ["/", "/about/", "/library/", "/library/?topic=safety", ARTICLE, "/feed.xml", "/sitemap.xml",
     "/robots.txt", "/site.webmanifest", "/.well-known/security.txt"],
)  # fmt: skip
def test_what_is_the_same_for_everybody_is_made_once(front, address):
    first, second = front.get(address), front.get(address)
    assert first.status == 200
    assert second == first
    assert front.made == 1


@pytest.mark.parametrize("accepted", ["br, gzip", "gzip", "identity"])
def test_one_making_serves_every_encoding(front, accepted):
    plain = front.get(ARTICLE)
    got = front.get(ARTICLE, accept_encoding=accepted)
    assert READ[got.headers.get("Content-Encoding")](got.body) == plain.body
    assert int(got.headers["Content-Length"]) == len(got.body)
    assert got.headers["Vary"] == "Accept-Encoding"
    assert front.made == 1


def test_page_is_the_one_that_django_makes(front, visitor):
    assert front.get(ARTICLE).body == visitor.get(ARTICLE).content


def test_head_is_the_page_without_its_body(front):
    head, page = front.get(ARTICLE, "HEAD"), front.get(ARTICLE)
    assert head.body == b""
    assert head.headers == page.headers
    assert front.made == 1


@pytest.mark.parametrize("spelling", ["{}", "W/{}", '"another", {}'])
def test_who_has_the_page_is_told_so(front, spelling):
    tag = front.get(ARTICLE, accept_encoding="br").headers["ETag"]
    got = front.get(ARTICLE, accept_encoding="br", if_none_match=spelling.format(tag))
    assert (got.status, got.body) == (304, b"")
    assert got.headers["ETag"] == tag
    assert "Content-Length" not in got.headers


def test_each_encoding_has_a_tag_of_its_own(front):
    tags = [front.get(ARTICLE, accept_encoding=e).headers["ETag"] for e in ("br", "gzip", "")]
    assert len(set(tags)) == 3
    assert front.get(ARTICLE, accept_encoding="gzip", if_none_match=tags[0]).status == 200


def test_query_that_a_page_does_not_declare_makes_no_other_page(front):
    pages = {
        front.get(f"{ARTICLE}{query}").body for query in ("?utm_source=x", "", "?page=7&q=%00")
    }
    assert len(pages) == front.made == 1


def test_page_is_kept_for_each_value_that_it_declares(front):
    whole, narrow = front.get("/library/"), front.get("/library/?topic=safety&utm_source=x")
    assert whole.body != narrow.body
    assert front.get("/library/?fbclid=1&topic=nothing&topic=safety") == narrow
    assert front.made == 2


def test_hosts_do_not_share_pages(front):
    front.get("/about/")
    assert front.get("/about/", host="localhost").status == 200
    assert front.get("/about/", host="evil.example.com").status == 400
    assert front.made == 3
    assert not front.keeps("/about/", host="evil.example.com")


def test_part_of_a_page_is_the_whole_page(front):
    got = front.get(ARTICLE, range="bytes=0-10")
    assert (got.status, got.body) == (200, front.get(ARTICLE).body)


# What is one visitor's own ------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["/contact/", "/contact/thanks/", "/search/?q=hello", "/nothing-here/", "/admin/login/",
     "/healthz", "/readyz", "/library/?topic=none", "/library/?page=99", "/favicon.ico"],
)  # fmt: skip
def test_everything_else_is_made_anew(front, address):
    assert not front.keeps(address)


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME])
def test_whoever_has_a_cookie_of_ours_passes_by(front, name):
    assert front.keeps(ARTICLE)
    assert not front.keeps(ARTICLE, cookie=f"other=1; {name}=x")
    assert front.keeps(ARTICLE, cookie="_ga=1")


def test_nothing_of_staff_is_kept(front, owner):
    session = f"{settings.SESSION_COOKIE_NAME}={owner.cookies[settings.SESSION_COOKIE_NAME].value}"
    assert b"wagtail-userbar" in front.get(ARTICLE, cookie=session).body
    assert b"wagtail-userbar" not in front.get(ARTICLE).body
    assert front.keeps(ARTICLE)


def test_nothing_that_a_visitor_says_of_himself_gets_into_a_page(front):
    plain = front.get(ARTICLE).body
    other = Front().get(
        f"{ARTICLE}?marker=a-private-word", cookie="theme=a-private-word",
        referer="/a-private-word", user_agent="a-private-word", accept_language="fr",
        x_forwarded_for="192.0.2.1", authorization="Basic a-private-word",
        x_forwarded_host="evil.example.com",
    )  # fmt: skip
    assert other.body == plain


def test_page_behind_a_password_is_not_kept(front):
    page = StandardPage.objects.get(slug="about")
    assert front.keeps("/about/")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="let me in")
    assert b'type="password"' in front.get("/about/").body
    assert not front.keeps("/about/")


def test_post_never_comes_out_of_memory(front):
    front.get("/about/")
    assert front.get("/about/", "POST").status == 405


@pytest.mark.parametrize(
    "header", [("Set-Cookie", "a=b"), ("Vary", "Cookie"), ("Cache-Control", "private")]
)
def test_answer_for_one_visitor_is_not_kept_even_if_it_is_published(header):
    front = Front(publishing(header), look=lambda: 1)
    assert not front.keeps("/")
    assert Front(publishing(), look=lambda: 1).keeps("/")


def publishing(*headers: tuple[str, str]):
    """An application that publishes all that it is asked for."""

    def application(environ, start_response):
        publish(WSGIRequest(environ))
        start_response("200 OK", [("Content-Type", "text/plain"), *headers])
        return [b"Hello"]

    return application


# In bad times -------------------------------------------------------------------------------


def test_stampede_on_a_cold_page_makes_it_once():
    everybody_is_there = threading.Event()
    page = publishing()

    def slow(environ, start_response):
        everybody_is_there.wait()
        return page(environ, start_response)

    front = Front(slow, look=lambda: 1)
    with ThreadPoolExecutor(50) as pool:
        answers = [pool.submit(front.get, "/") for _ in range(50)]
        everybody_is_there.set()
    assert {answer.result().body for answer in answers} == {b"Hello"}
    assert front.made == 1


def test_what_is_kept_outlives_the_database(monkeypatch):
    monkeypatch.setattr(cache, "LOOK_AFTER_FAILURE", 0)
    monkeypatch.setattr(cache, "LONGEST", 0)  # Each page is asked for anew.
    monkeypatch.setattr(cache, "AFTER_FAILURE", 0)
    is_away = False
    page = publishing()

    def look():
        if is_away:
            raise OperationalError
        return 1

    def django(environ, start_response):
        if is_away:
            start_response("500 Internal Server Error", [])
            return [b"Sorry"]
        return page(environ, start_response)

    front = Front(django, look)
    front.get("/")
    is_away = True
    assert front.get("/").body == b"Hello"
    assert front.get("/not-seen-before/").body == b"Sorry"
    assert front.made == 3


def test_page_is_made_anew_after_a_while(front, monkeypatch):
    monkeypatch.setattr(cache, "LONGEST", 0)
    assert not front.keeps("/about/")


def test_page_that_a_change_has_left_as_it_was_is_not_compressed_again(front, monkeypatch):
    pages = []
    monkeypatch.setattr(shelf, "encode", lambda *args: pages.append(args) or encode(*args))
    before = front.get("/about/", accept_encoding="br")
    StandardPage.objects.get(slug="fees").save()
    assert front.get("/about/", accept_encoding="br") == before
    assert (front.made, len(pages)) == (2, 1)


def test_page_that_comes_to_an_address_is_kept(front, page_at):
    front.get("/new/")
    page_at("/about/").get_parent().add_child(instance=StandardPage(title="New", slug="new"))
    assert front.keeps("/new/")


def test_version_is_looked_at_twice_a_second_at_most():
    looks = []
    front = Front(publishing(), look=lambda: looks.append("look"))
    for _ in range(20):
        front.get("/")
    assert len(looks) == 1


def test_memory_is_bounded():
    kept: Shelf[str] = Shelf(100)
    for number in range(1000):
        kept.put(number, "a page", size=10)
        kept.get(5)  # Somebody asks for it again and again.
    assert [number for number in range(1000) if kept.get(number)] == [5, *range(991, 1000)]
    kept.put("larger than all", "a page", size=101)
    assert kept.get("larger than all") is None
    assert kept.get(999)
