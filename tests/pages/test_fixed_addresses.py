"""Files that machines ask for at addresses of their own."""

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from wagtail.models import PageViewRestriction

from pages.models import ArticlePage
from pages.sitemap import PageSitemap

from .walking import addresses_of_sitemap

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def feed(visitor):
    """A function: the feed, parsed."""

    def fetch() -> ElementTree.Element:
        answer = visitor.get("/feed.xml")
        assert answer["Content-Type"].startswith("application/atom+xml")
        return ElementTree.fromstring(answer.content)

    return fetch


def titles(feed: ElementTree.Element) -> list[str]:
    return [str(entry.findtext(f"{ATOM}title")) for entry in feed.findall(f"{ATOM}entry")]


def test_feed_has_what_atom_requires(feed, planted):
    root = feed()
    entries = root.findall(f"{ATOM}entry")
    assert len(entries) == 2
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            assert element.findtext(f"{ATOM}{name}"), name
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == settings.SITE_URL + "/feed.xml"
    assert links["alternate"] == settings.SITE_URL + "/library/"
    for entry in entries:
        assert entry.find(f"{ATOM}link").get("href").startswith(settings.SITE_URL + "/library/")
        assert entry.findtext(f"{ATOM}summary")


def test_feed_has_the_newest_first(feed, write):
    older, newer = write("Older"), write("Newer")
    now = datetime.now(UTC)
    for page, days in ((newer, 1), (older, 2)):
        ArticlePage.objects.filter(pk=page.pk).update(first_published_at=now - timedelta(days=days))
    ArticlePage.objects.exclude(pk__in=[older.pk, newer.pk]).update(
        first_published_at=now - timedelta(days=9)
    )
    assert titles(feed())[:2] == ["Newer", "Older"]


def test_feed_shows_published_articles_only(feed, write, page_at):
    write("Draft", live=False)
    private = write("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    page_at("/library/how-safe-is-kap/").unpublish()
    assert [title[:8] for title in titles(feed())] == ["KAP and "]


def test_feed_bears_the_name_of_the_practice_once_there_is_one(feed, practice):
    assert feed().findtext(f"{ATOM}title") == "Library"
    practice(name="The practice")
    assert feed().findtext(f"{ATOM}title") == "The practice"


def test_empty_library_has_a_feed(feed, library):
    for article in library.get_children():
        article.unpublish()
    assert titles(feed()) == []


def test_sitemap_lists_published_pages_that_everybody_may_see(visitor, write, page_at):
    write("Draft", live=False)
    PageViewRestriction.objects.create(page=page_at("/about/"), restriction_type="login")
    page_at("/fees/").unpublish()
    listed = addresses_of_sitemap(visitor)
    assert {"/about/", "/fees/", "/library/draft/"} & set(listed) == set()
    assert "/library/how-safe-is-kap/" in listed


def test_sitemap_says_when_a_page_changed(visitor, planted):
    root = ElementTree.fromstring(visitor.get("/sitemap.xml").content)
    places = list(root)
    days = [place.findtext("{*}lastmod") for place in places]
    assert len(places) == 13
    assert set(days) == {f"{datetime.now(UTC):%Y-%m-%d}"}


def test_sitemap_of_many_pages_comes_in_parts(visitor, planted, monkeypatch):
    whole = addresses_of_sitemap(visitor)
    monkeypatch.setattr(PageSitemap, "limit", 5)
    index = ElementTree.fromstring(visitor.get("/sitemap.xml").content)
    parts = [part.findtext("{*}loc") for part in index]
    assert parts == [f"{settings.SITE_URL}/sitemap.xml?p={n}" for n in (1, 2, 3)]
    assert [a for n in (1, 2, 3) for a in addresses_of_sitemap(visitor, p=n)] == whole
    assert visitor.get("/sitemap.xml?p=4").status_code == 404


def test_addresses_are_the_sites_own_whatever_host_was_asked(planted, visitor, settings):
    settings.ALLOWED_HOSTS = ["*"]
    for path in ("/sitemap.xml", "/feed.xml", "/robots.txt", "/.well-known/security.txt"):
        body = visitor.get(path, headers={"host": "evil.example.org"}).content.decode()
        assert "evil.example.org" not in body, path
        assert settings.SITE_URL in body, path


def test_robots_may_read_all_but_admin_and_search(visitor):
    lines = visitor.get("/robots.txt").content.decode().splitlines()
    assert [line for line in lines if line.startswith("Disallow")] == [
        "Disallow: /admin/",
        "Disallow: /search/",
    ]
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in lines


def test_security_txt_names_a_contact_and_ends_within_a_year(visitor):
    lines = visitor.get("/.well-known/security.txt").content.decode().splitlines()
    fields = dict(line.split(": ", 1) for line in lines)
    assert len(fields) == len(lines)  # RFC 9116 allows each of these once.
    assert fields["Canonical"] == f"{settings.SITE_URL}/.well-known/security.txt"
    assert fields["Contact"] == f"{settings.SITE_URL}/contact/"
    left = datetime.fromisoformat(fields["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < left < timedelta(days=366)


def test_favicon_leads_to_the_icon(visitor):
    answer = visitor.get("/favicon.ico")
    assert answer.status_code == 302
    assert finders.find(answer["Location"].removeprefix("/static/"))


def test_robots_file_is_plain_text(visitor):
    assert visitor.get("/robots.txt")["Content-Type"] == "text/plain"


def test_security_txt_is_plain_text_with_the_charset_that_rfc_9116_asks_for(visitor):
    answer = visitor.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
