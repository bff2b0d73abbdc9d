"""Every address of the starter site, visited: each page is whole and leads nowhere wrong."""

import json
from collections import Counter
from itertools import pairwise
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client

from .residue import residue_in
from .walking import Visit, addresses_of_sitemap, walk

pytestmark = pytest.mark.django_db  # Before the tests that leave an empty database.

IN_SITEMAP = {
    "/",
    "/about/",
    "/accessibility/",
    "/consumer-health-data/",
    "/contact/",
    "/crisis-help/",
    "/fees/",
    "/library/",
    "/library/how-safe-is-kap/",
    "/library/kap-and-treatment-resistant-depression/",
    "/privacy/",
    "/questions/",
    "/what-to-expect/",
}
FOUND_ON_THE_WAY = {"/library/?topic=depression", "/library/?topic=safety", "/search/"}


@pytest.fixture(scope="module")
def visits(django_db_setup, django_db_blocker) -> dict[str, Visit]:
    """The walk, made once: it only reads."""
    with django_db_blocker.unblock():
        return walk(Client())


@pytest.fixture
def seen(visits) -> list[Visit]:
    """Every page on the walk."""
    return [visit for visit in visits.values() if visit.is_page]


@pytest.fixture
def in_sitemap(visits) -> list[Visit]:
    """Every page of the tree."""
    return [visits[address] for address in IN_SITEMAP]


def test_walk_visits_every_page_there_is(seen, visitor, planted):
    assert set(addresses_of_sitemap(visitor)) == IN_SITEMAP
    assert {visit.address for visit in seen} == IN_SITEMAP | FOUND_ON_THE_WAY


def test_walk_visits_the_feed_and_every_image(visits, seen):
    others = [visit for visit in visits.values() if visit not in seen]
    kinds = Counter(visit.kind for visit in others)
    assert kinds["application/atom+xml; charset=utf-8"] == 1
    assert set(kinds) == {
        "application/atom+xml; charset=utf-8",
        "application/manifest+json",
        "image/png",
        "image/svg+xml",
    }


def test_no_link_is_broken(visits):
    assert {address: v.status for address, v in visits.items() if v.status != 200} == {}


def test_no_anchor_is_missing(visits, seen):
    missing = []
    followed = 0
    for visit in seen:
        for address, fragment in visit.links():
            if fragment:
                followed += 1
                if not visits[address].page.find(id=fragment):
                    missing.append(f"{visit.address} to {address}#{fragment}")
    assert missing == []
    assert followed > 100


def test_every_static_file_named_is_there(seen):
    named = {address for visit in seen for address, _fragment in visit.links()}
    static = {address for address in named if address.startswith("/static/")}
    assert len(static) >= 3
    assert [a for a in static if not finders.find(a.removeprefix("/static/"))] == []


def test_links_that_lead_away_are_encrypted(seen):
    away = {
        link["href"]
        for visit in seen
        for link in visit.page.find_all("a", href=True)
        if urlsplit(link["href"]).netloc
    }
    assert len(away) > 20
    assert [href for href in away if not href.startswith("https://")] == []


def test_every_page_has_one_first_heading(seen):
    for visit in seen:
        assert visit.one("h1").get_text(strip=True)


def test_headings_leave_no_level_out(seen):
    for visit in seen:
        levels = [
            int(h.name[1]) for h in visit.page.find("main").find_all(["h1", "h2", "h3", "h4"])
        ]
        assert levels[0] == 1, visit.address
        jumps = [(a, b) for a, b in pairwise(levels) if b > a + 1]
        assert jumps == [], visit.address


def test_every_page_has_a_title_of_its_own(in_sitemap):
    titles = [visit.one("title").get_text(strip=True) for visit in in_sitemap]
    assert all(titles)
    assert len(set(titles)) == len(titles)


def test_every_page_has_a_description_of_its_own_and_of_fitting_length(in_sitemap):
    found = {v.address: v.one('meta[name="description"]')["content"] for v in in_sitemap}
    lengths = {address: len(description) for address, description in found.items()}
    assert {a: length for a, length in lengths.items() if not 50 <= length <= 160} == {}
    assert len(set(found.values())) == len(found)


def test_canonical_address_is_the_pages_own(seen):
    for visit in seen:
        if visit.address != "/search/":
            path = visit.address.split("?")[0]
            assert visit.one('link[rel="canonical"]')["href"] == settings.SITE_URL + path


def test_social_card_says_where_and_what(in_sitemap):
    for visit in in_sitemap:
        for name in ("title", "description", "image", "type"):
            assert visit.one(f'meta[property="og:{name}"]')["content"], (visit.address, name)
        address = visit.one('meta[property="og:url"]')["content"]
        assert address == settings.SITE_URL + visit.address


def things(visit: Visit) -> dict[str, dict]:
    """The schema.org things on a page, by their type."""
    data = json.loads(visit.one('script[type="application/ld+json"]').get_text())
    found = data if isinstance(data, list) else [data]
    assert {thing["@context"] for thing in found} == {"https://schema.org"}
    return {thing["@type"]: thing for thing in found}


def test_every_page_describes_itself_to_machines(in_sitemap):
    for visit in in_sitemap:
        page = things(visit)["MedicalWebPage"]
        assert page["url"] == settings.SITE_URL + visit.address
        assert page["description"] == visit.one('meta[name="description"]')["content"]
        assert page["inLanguage"] == visit.page.html["lang"] == "en"
        assert page["datePublished"] <= page["dateModified"]
        assert page["name"]


def test_breadcrumbs_lead_from_the_home_page_to_the_page(in_sitemap, visits):
    for visit in in_sitemap:
        steps = things(visit)["BreadcrumbList"]["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        addresses = [step["item"].removeprefix(settings.SITE_URL) for step in steps]
        assert addresses[0] == "/"
        assert addresses[-1] == visit.address
        assert set(addresses) <= set(visits)
        assert len(steps) == visit.address.count("/")


def test_breadcrumbs_for_people_say_the_same(in_sitemap):
    for visit in in_sitemap:
        steps = things(visit)["BreadcrumbList"]["itemListElement"][:-1]
        shown = visit.page.select(".breadcrumbs a")
        assert [a["href"] for a in shown] == [urlsplit(step["item"]).path for step in steps]


def test_no_review_and_no_clinic_is_claimed_while_there_is_none(in_sitemap):
    for visit in in_sitemap:
        said = things(visit)
        assert set(said) == {"MedicalWebPage", "BreadcrumbList"}
        assert not {"author", "reviewedBy", "lastReviewed"} & set(said["MedicalWebPage"])


def test_no_id_stands_twice_on_a_page(seen):
    for visit in seen:
        ids = Counter(element["id"] for element in visit.page.find_all(id=True))
        assert [name for name, count in ids.items() if count > 1] == [], visit.address


def test_every_reference_to_an_id_leads_somewhere(seen):
    for visit in seen:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            for element in visit.page.find_all(attrs={name: True}):
                value = element[name]
                for target in value if isinstance(value, list) else value.split():
                    assert visit.page.find(id=target), (visit.address, name, target)


def test_every_image_has_alternative_text_and_its_size(seen):
    shown = 0
    for visit in seen:
        for image in visit.page.find_all("img"):
            assert image.has_attr("alt"), visit.address
            assert int(image["width"]) > 0, visit.address
            assert int(image["height"]) > 0, visit.address
            shown += 1
    assert shown > len(seen)


def test_no_page_asks_another_host_for_anything_or_runs_a_script(seen):
    for visit in seen:
        for element in visit.page.find_all(["script", "iframe", "object", "embed"]):
            assert element.get("type") == "application/ld+json", visit.address
        asked = [
            e.get("src") or e.get("href") for e in visit.page.find_all(["img", "link", "source"])
        ]
        for address in filter(None, asked):
            assert not urlsplit(address).netloc or address.startswith(settings.SITE_URL)


def test_every_page_shows_crisis_help_before_anything_else(seen):
    for visit in seen:
        links = [a["href"] for a in visit.page.body.find_all("a", href=True)]
        assert links[:3] == ["#main", "tel:988", "tel:911"], visit.address


def test_no_page_of_text_sets_a_cookie(planted):
    for address in IN_SITEMAP - {"/contact/"}:
        assert not Client().get(address).cookies, address


def test_nothing_that_is_not_there_leaves_anything_behind(seen):
    for visit in seen:
        assert residue_in(str(visit.page.body)) == [], visit.address
