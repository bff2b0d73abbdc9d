"""What a page asks of a visitor's line and device: bytes, requests, and nobody else's attention."""

from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, ViewportSize

from .places import ARTICLE, CLOSED, PAGES, send_nothing

PHONE = ViewportSize(width=390, height=844)
DESKTOP = ViewportSize(width=1440, height=900)
WINDOWS = pytest.mark.parametrize("window", [PHONE, DESKTOP], ids=["phone", "desktop"])
# Bytes on the wire, headers included. The first round trip of a new connection carries ten packets
# of 1,460 bytes: page and style have to fit into it.
FIRST_VIEW, FIRST_ROUND_TRIP, REQUESTS = 75_000, 14_600, 8


@dataclass
class Transfer:
    """What came over the line: bytes by request, and the type of each."""

    types: dict[str, str] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    @property
    def document(self) -> int:
        """The bytes of the page itself, its style sheet included."""
        return sum(size for name, size in self.sizes.items() if self.types[name] == "Document")

    def listen(self, page: Page) -> None:
        """Take note of everything that is fetched for the page from now on."""
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.on("Network.responseReceived", self._answered)
        line.on("Network.loadingFinished", self._finished)

    def _answered(self, event: dict) -> None:
        self.types[event["requestId"]] = event["type"]

    def _finished(self, event: dict) -> None:
        self.sizes[event["requestId"]] = int(event["encodedDataLength"])


@pytest.fixture
def transfer(page: Page, window: ViewportSize) -> Transfer:
    """What the first view of an article costs in a window of this size."""
    page.set_viewport_size(window)
    measured = Transfer()
    measured.listen(page)
    page.goto(ARTICLE, wait_until="networkidle")
    assert page.locator("main img").count()
    return measured


@WINDOWS
def test_first_view_of_an_article_is_light(transfer: Transfer):
    assert 0 < sum(transfer.sizes.values()) <= FIRST_VIEW


@WINDOWS
def test_first_view_of_an_article_takes_few_requests(transfer: Transfer):
    assert 0 < len(transfer.sizes) <= REQUESTS


@pytest.mark.parametrize("window", [PHONE], ids=["phone"])
def test_page_and_style_come_in_the_first_round_trip(transfer: Transfer):
    assert 0 < transfer.document <= FIRST_ROUND_TRIP


@pytest.mark.parametrize("path", PAGES)
def test_page_asks_nobody_else_sets_no_cookie_and_runs_no_script(page: Page, base_url: str, path):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(path, wait_until="load")
    assert [url for url in asked if not url.startswith(base_url)] == []
    assert page.locator("script:not([type='application/ld+json'])").count() == 0
    assert page.context.cookies() == []


def test_form_that_comes_back_sets_no_cookie(page: Page):
    send_nothing(page)
    assert page.context.cookies() == []


def test_only_the_form_for_a_password_sets_a_cookie(page: Page):
    page.goto(CLOSED)
    assert [cookie["name"] for cookie in page.context.cookies()] == ["csrf"]


def test_whole_font_comes_only_for_letters_that_english_lacks(page: Page):
    asked: list[str] = []
    page.on("requestfinished", lambda request: asked.append(request.url))
    page.goto(ARTICLE, wait_until="networkidle")
    assert sorted(_fonts(asked)) == ["figtree-basic"]
    with page.expect_request_finished(lambda request: "figtree-latin" in request.url):
        page.get_by_role("heading", level=1).evaluate("heading => heading.append(' Zoë')")


def _fonts(addresses: list[str]) -> list[str]:
    """The names of the fonts among what was asked for, without their fingerprints."""
    files = [url.rpartition("/")[2] for url in addresses if "/fonts/" in url]
    return [file.partition(".")[0] for file in files]
