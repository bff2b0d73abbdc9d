"""What no browser sends gets the right 4xx, and no log holds what was sent."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from kapsite.logs import DiscreetFormatter
from pages.models import PracticeImage, Rendition

MARKER = "jane-doe-private"
VIEWS = [
    "healthz",
    "readyz",
    "robots",
    "security_txt",
    "sitemap",
    "feed",
    "favicon",
    "search",
    "manifest",
]
PAGES = ["/", "/library/", "/library/how-safe-is-kap/", "/about/", "/contact/thanks/"]

pytestmark = pytest.mark.usefixtures("planted")


@pytest.fixture(autouse=True)
def log() -> Iterator[io.StringIO]:
    """Everything that the site logs, as it writes it; looked at after each test."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)
    assert MARKER not in written.getvalue()
    assert "Traceback" not in written.getvalue()


def status_of(client, path: str, query: str = "", **headers: str) -> int:
    """The status of a GET whose path and query are sent as they are."""
    answer = client.get(path, QUERY_STRING=query, **headers)
    assert MARKER not in answer.content.decode()
    assert b"Traceback" not in answer.content
    return answer.status_code


@pytest.mark.parametrize(
    "path",
    ["/nowhere/", "/library/nowhere/", "/library/how-safe-is-kap/more/", "/.env", "/admin.php"],
)
def test_address_that_leads_nowhere_is_not_found(visitor, path):
    assert status_of(visitor, path) == 404


def test_very_long_address_is_not_found(visitor):
    assert status_of(visitor, "/" + "a/" * 3000) == 404


@pytest.mark.parametrize("path", ["/%00/", "/a%00b/", "/admin/%00", "/documents/1/%00.pdf"])
def test_path_with_a_nul_is_a_bad_request(visitor, path):
    assert status_of(visitor, path) == 400


@pytest.mark.parametrize("path", ["/%ff%fe/", "/search/%c3%28/", "/%ed%a0%80/", "/library/%e4/"])
def test_path_that_is_not_utf8_is_not_found(visitor, path):
    assert status_of(visitor, path) == 404


@pytest.mark.parametrize(
    "query",
    [
        f"q=%00{MARKER}",
        f"q={MARKER}%ff%fe",
        f"%00=1&q={MARKER}",
        f"q=1&q={MARKER}%00",
        f"{MARKER}%ff",
        "q=%ed%a0%80",
    ],
)
@pytest.mark.parametrize("path", ["/search/", "/library/", "/nowhere/", "/admin/login/"])
def test_query_that_cannot_be_read_is_a_bad_request(visitor, path, query):
    assert status_of(visitor, path, query) == 400


def test_query_with_thousands_of_fields_is_a_bad_request(visitor):
    query = "&".join(f"{MARKER}{n}=1" for n in range(20_000))
    assert status_of(visitor, "/search/", query) == 400


def test_query_of_ten_megabytes_does_not_break_a_page(visitor):
    answer = visitor.get("/library/how-safe-is-kap/", QUERY_STRING="q=" + "a" * 10 * 1024 * 1024)
    assert answer.status_code == 200
    assert len(answer.content) < 1_000_000


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
@pytest.mark.parametrize("path", [*map(reverse, VIEWS), *PAGES, "/media/images/none.png"])
def test_method_that_an_address_has_no_use_for_is_not_allowed(visitor, path, method):
    answer = visitor.generic(method.upper(), path)
    assert answer.status_code == 405
    assert "GET" in answer["Allow"]


@pytest.mark.parametrize("path", [*map(reverse, VIEWS), *PAGES, "/contact/"])
def test_head_is_answered_as_get_without_a_body(visitor, path):
    head, get = visitor.head(path), visitor.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")


@pytest.mark.parametrize(
    "host", [f"{MARKER}.example", f"{MARKER}/@:x", "testserver.example.org", "testserver:80:80", ""]
)
@pytest.mark.parametrize("path", ["/", "/nowhere/", "/contact/", "/search/"])
def test_host_that_is_not_ours_is_a_bad_request(visitor, path, host):
    assert status_of(visitor, path, HTTP_HOST=host) == 400


def test_post_that_is_too_large_to_be_a_message_is_a_bad_request(visitor):
    answer = visitor.post("/contact/", {"message": MARKER * 200_000})
    assert answer.status_code == 400


def test_form_without_its_token_is_forbidden_and_not_quoted():
    answer = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": MARKER})
    assert answer.status_code == 403
    assert MARKER not in answer.content.decode()


@pytest.mark.parametrize("way", ["", "images/../", "images/%2e%2e/", "images/a/../../"])
@pytest.mark.parametrize("name", ["../test.sqlite3", f"../{MARKER}", "ORIGINAL"])
def test_media_leads_to_nothing_but_sizes_of_images(visitor, planted, way, name):
    original = PracticeImage.objects.first().file.name
    answer = visitor.get(f"/media/{way}{name.replace('ORIGINAL', original)}", follow=True)
    assert answer.status_code in {400, 404}


def test_size_of_an_image_may_be_kept_for_a_year(visitor):
    rendition = Rendition.objects.first()
    answer = visitor.get(rendition.url)
    with rendition.file.open() as file:
        assert answer.getvalue() == file.read()
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
