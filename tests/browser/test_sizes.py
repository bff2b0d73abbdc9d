"""A page can be read on any width, at any zoom, with any spacing and size of text."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from .places import ARTICLE, CLOSED, PAGES, send_nothing

# What WCAG 2.2 (1.4.12) says that a visitor may set.
SPACED_OUT = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important }
* { word-spacing: 0.16em !important }
p { margin-bottom: 2em !important }
"""
TWICE_AS_LARGE = "html { font-size: calc(2 * %s) !important }"
ADD_STYLE = """css => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [sheet];
}"""
# Every line of running text with more characters than asked for. A new line begins where a
# character stands further left than the one before it, or wholly below it.
LONG_LINES = """most => {
    const long = [];
    for (const block of document.querySelectorAll("main :is(p, li, dd)")) {
        const texts = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let line = "", left = -Infinity, bottom = Infinity;
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
            for (let at = 0; at < text.length; at++) {
                range.setStart(text, at);
                range.setEnd(text, at + 1);
                const box = range.getBoundingClientRect();
                if (!box.width) continue;
                line = (box.left < left || box.top > bottom ? "" : line) + text.data[at];
                [left, bottom] = [box.left, box.bottom];
                if (line.length === most + 1) long.push(line);
            }
        }
    }
    return long;
}"""
# What stays in place while the page is scrolled, in shares of the window's height.
STAYS_IN_PLACE = """() => [...document.querySelectorAll("body *")]
    .filter(element => ["fixed", "sticky"].includes(getComputedStyle(element).position))
    .reduce((sum, element) => sum + element.getBoundingClientRect().height / innerHeight, 0)"""


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.fixture
def narrow(page: Page) -> Page:
    page.set_viewport_size({"width": 320, "height": 640})
    return page


@pytest.mark.parametrize("path", [*PAGES, CLOSED])
def test_page_fits_a_narrow_phone_however_its_text_is_set(narrow: Page, path: str):
    narrow.goto(path)
    size = narrow.evaluate("getComputedStyle(document.documentElement).fontSize")
    wide = {}
    for name, css in {"plain": "", "spaced": SPACED_OUT, "large": TWICE_AS_LARGE % size}.items():
        narrow.evaluate(ADD_STYLE, css)
        wide[name] = overflow(narrow)
    assert wide == {"plain": 0, "spaced": 0, "large": 0}


def test_form_with_errors_fits_a_narrow_phone(narrow: Page):
    send_nothing(narrow)
    assert overflow(narrow) == 0


@pytest.mark.parametrize("path", ["/", "/library/", ARTICLE, "/contact/"])
def test_page_fits_a_desktop_at_400_per_cent(browser: Browser, base_url: str, path: str):
    window = ViewportSize(width=320, height=256)  # 1280 x 1024, four times as large.
    context = browser.new_context(base_url=base_url, viewport=window, device_scale_factor=4)
    page = context.new_page()
    page.goto(path)
    assert overflow(page) == 0
    assert page.evaluate(STAYS_IN_PLACE) < 0.5
    context.close()


@pytest.mark.parametrize("path", [ARTICLE, "/about/", "/", "/questions/"])
def test_line_is_never_too_long_to_find_the_next(page: Page, path: str):
    page.set_viewport_size({"width": 2560, "height": 1440})
    page.goto(path)
    assert page.evaluate(LONG_LINES, 30) != []
    assert page.evaluate(LONG_LINES, 80) == []
