"""The delivered nginx configuration, in front of the site: what it keeps and passes on."""

import gzip
import re
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor

import brotli
import pytest

from .nginx import MARKS, SOON

pytestmark = MARKS
ARTICLE = "/library/how-safe-is-kap/"
CHANGE = """
from wagtail.models import Page
page = Page.objects.get(slug="how-safe-is-kap").specific
page.{change}
"""


def until(question):
    """Ask until the answer is true. Returns whether it ever was."""
    end = time.monotonic() + SOON
    while time.monotonic() < end:
        if question():
            return True
        time.sleep(0.05)
    return False


def test_nginx_accepts_the_delivered_file(front):
    done = subprocess.run(front.command("-t"), capture_output=True, text=True)
    assert "test is successful" in done.stderr
    assert "[warn]" not in done.stderr


def test_page_through_nginx_is_the_page_of_the_site(front):
    through, direct = front.get(ARTICLE), front.ask_site(ARTICLE)
    assert (through.status, through.body) == (200, direct.body)
    for name in ("etag", "strict-transport-security", "cache-control"):
        assert through.headers[name] == direct.headers[name]


def test_second_visitor_is_answered_by_nginx(front):
    assert until(lambda: front.get("/").headers["x-cache"] == "HIT")


def test_crowd_on_a_cold_page_reaches_the_site_a_few_times(front):
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda n: front.get("/library/"), range(50)))
    assert {answer.status for answer in answers} == {200}
    assert sum(answer.from_the_site for answer in answers) <= 5


def test_each_client_gets_an_encoding_that_it_takes(front):
    plain = front.get(ARTICLE).body
    small = front.get(ARTICLE, Accept_Encoding="deflate, gzip;q=0.5, br;q=0")
    smaller = front.get(ARTICLE, Accept_Encoding="gzip, deflate, br, zstd")
    assert small.headers["content-encoding"] == "gzip"
    assert smaller.headers["content-encoding"] == "br"
    assert gzip.decompress(small.body) == brotli.decompress(smaller.body) == plain


def test_spelling_of_the_encodings_makes_no_second_copy(front):
    assert until(lambda: front.get("/", Accept_Encoding="gzip").headers["x-cache"] == "HIT")
    front.get("/", Accept_Encoding="gzip")
    assert not front.get("/", Accept_Encoding="deflate, GZIP ;q=0.9").from_the_site


@pytest.mark.parametrize(
    "own",
    [{"Cookie": "__Host-session=abc"}, {"Authorization": "Basic YTpi"}],
    ids=["cookie", "auth"],
)
def test_who_is_known_is_not_answered_from_what_is_kept(front, own):
    assert until(lambda: front.get("/").headers["x-cache"] == "HIT")
    assert front.get("/", **own).headers["x-cache"] == "BYPASS"


def test_who_is_known_puts_nothing_into_what_is_kept(front):
    address = "/library/kap-and-treatment-resistant-depression/"
    assert front.get(address, Cookie="__Host-session=abc").headers["x-cache"] == "BYPASS"
    assert front.get(address).headers["x-cache"] == "MISS"


def test_address_with_a_query_is_not_kept_here(front):
    answers = [front.get("/?anything=1").headers["x-cache"] for _ in range(3)]
    assert answers == ["BYPASS"] * 3


def test_marks_of_a_campaign_are_answered_as_the_plain_page(front):
    assert until(lambda: front.get("/").headers["x-cache"] == "HIT")
    assert not front.get("/?utm_source=news&fbclid=abc").from_the_site


@pytest.mark.parametrize("path", ["/contact/", "/admin/login/", "/documents/1/a.pdf"])
def test_what_is_personal_never_meets_the_cache(front, path):
    assert "x-cache" not in front.get(path).headers


def test_posted_form_is_read_by_the_site(front):
    form = front.get("/contact/").body.decode()
    action = re.search(r'name="submission_id"[^>]*value="([^"]+)"', form)
    assert action, "the form has no submission id"
    body = b"submission_id=" + action[1].encode()
    sent = front.get(
        "/contact/", method="POST", body=body, source="127.0.0.9",
        Content_Type="application/x-www-form-urlencoded", Origin="https://www.example.org",
    )  # fmt: skip
    # An empty form is answered with its errors: the site has read it, over https.
    assert (sent.status, b"error" in sent.body) == (200, True)


def test_site_hears_the_address_and_scheme_from_nginx_alone(front):
    # Believed, "http" would make the site lead to https, and a foreign host would be refused.
    answer = front.get(
        "/search/?query=a", X_Forwarded_Proto="http", X_Forwarded_For="198.51.100.7",
        X_Forwarded_Host="evil.example", Forwarded="for=198.51.100.7;proto=http",
    )  # fmt: skip
    assert answer.status == 200


def test_file_with_a_hash_may_be_kept_for_ever(front):
    path = next((front.site / "static" / "wagtailadmin" / "js").glob("*.????????????.js.gz"))
    address = f"/static/wagtailadmin/js/{path.name.removesuffix('.gz')}"
    packed = front.get(address, Accept_Encoding="gzip")
    assert packed.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == front.get(address).body


def test_file_without_a_hash_is_kept_for_a_minute(front):
    assert front.get("/static/css/base.css").headers["cache-control"] == "public, max-age=60"


def test_file_that_cannot_be_read_leaves_no_address_in_the_log(front):
    knot = front.site / "static" / "knot.css"
    knot.symlink_to(knot)  # What nginx meets here it calls critical.
    assert front.get("/static/knot.css", source="127.0.0.77").status == 404
    assert [p for p in front.folder.glob("*.log") if "127.0.0.77" in p.read_text()] == []


def test_plain_http_leads_to_https(front):
    answer = front.get_plain("/library/?page=2")
    assert (answer.status, answer.headers["location"]) == (
        301, "https://www.example.org/library/?page=2",
    )  # fmt: skip


def test_static_file_has_the_headers_of_the_site(front):
    answer = front.get("/static/nothing-here.css")
    assert answer.status == 404
    style = front.site / "static" / "somebody.css"
    style.write_text("a {}")
    found = front.get("/static/somebody.css").headers
    for name in ("strict-transport-security", "x-frame-options", "cross-origin-opener-policy",
                 "cross-origin-resource-policy", "referrer-policy"):  # fmt: skip
        assert found.get(name) == answer.headers[name], name
    assert found["content-security-policy"].startswith("default-src 'none';")


def test_nginx_does_not_say_which_it_is(front):
    assert front.get("/static/nothing-here.css").headers["server"] in {"nginx", "gunicorn"}


def test_pages_are_served_while_the_site_is_down(own_front):
    before = own_front.get(ARTICLE).body
    own_front.stop_site()
    assert until(lambda: own_front.get(ARTICLE).headers.get("x-cache") == "STALE")
    assert own_front.get(ARTICLE).body == before


def test_form_says_plainly_that_the_site_is_down(own_front):
    own_front.stop_site()
    answer = own_front.get("/contact/")
    assert answer.status == 502
    assert answer.headers["cache-control"] == "no-store"
    for words in (b"it will not arrive twice", b"988", b"911"):
        assert words in answer.body


def test_change_shows_soon(own_front):
    assert until(lambda: own_front.get(ARTICLE).headers["x-cache"] == "HIT")
    own_front.change(
        CHANGE.format(change="title = 'Another title'; page.save_revision().publish()")
    )
    assert until(lambda: b"Another title" in own_front.get(ARTICLE).body)


def test_page_that_was_taken_down_does_not_come_back(own_front):
    assert own_front.get(ARTICLE).status == 200
    own_front.change(CHANGE.format(change="unpublish()"))
    assert until(lambda: own_front.get(ARTICLE).status == 404)
    own_front.stop_site()
    assert own_front.get(ARTICLE).status != 200
