"""The site serves whoever has other colours, no motion, no script, no images, paper, or Hebrew."""

import re

import pytest
from playwright.sync_api import Page, expect

from .looking import look
from .places import ARTICLE, send_message, send_nothing

HEBREW = "עדה לאבלייס"
CONTROLS = (
    "button, .button, input:not([type=hidden], [type=radio], [type=checkbox]), select, textarea"
)
# What marks the current item of the menu, the weight of its letters aside.
MARKS = """item => {
    const {borderTopColor, borderBottomColor, outlineStyle, textDecorationLine, backgroundColor,
        color} = getComputedStyle(item);
    return [borderTopColor, borderBottomColor, outlineStyle, textDecorationLine, backgroundColor,
        color].join();
}"""


@pytest.mark.parametrize("path", ["/contact/", "/search/", "/library/"])
def test_controls_keep_an_edge_in_forced_colours(page: Page, path: str):
    page.emulate_media(forced_colors="active")
    page.goto(path)
    assert page.locator(CONTROLS).count()
    assert look(page, "edgeless", CONTROLS) == []


def test_focus_is_seen_in_forced_colours(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/contact/")
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert focused not in {"none", "auto"}, look(page, "focusShown")


def test_current_item_of_the_menu_is_marked_in_forced_colours(page: Page):
    page.emulate_media(forced_colors="active")
    page.goto("/contact/")
    menu = page.get_by_role("navigation", name="Main")
    current = menu.locator("[aria-current]").evaluate(MARKS)
    others = menu.locator("a:not([aria-current])").evaluate_all(f"all => all.map({MARKS})")
    assert others
    assert current not in others


@pytest.mark.parametrize("path", ["/", "/contact/", ARTICLE])
def test_nothing_moves_for_whoever_wants_no_motion(page: Page, path: str):
    page.emulate_media(reduced_motion="reduce")
    page.goto(path)
    page.keyboard.press("Tab")
    assert look(page, "moving") == []


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_visit_needs_no_script(page: Page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("How Safe Is KAP")).first.click()
    page.get_by_role("link", name="Source 1", exact=True).first.click()
    expect(page).to_have_url(re.compile("#source-1$"))
    page.get_by_role("link", name="Contact us").first.click()
    page.get_by_role("button", name="Send your message").click()
    expect(page).to_have_title(re.compile("^Error:"))
    send_message(page)
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()


@pytest.mark.parametrize("path", ["/", ARTICLE, "/library/"])
def test_page_without_its_images_keeps_their_words_and_their_place(page: Page, path: str):
    # Whether a font comes in time is chance, and here not the question.
    page.route("**/*.woff2", lambda route: route.abort())
    page.goto(path)
    with_images = height_once_seen(page)
    page.route("**/*.{png,jpg,jpeg,webp,avif,svg}", lambda route: route.abort())
    page.goto(path)
    assert height_once_seen(page) == with_images
    assert page.locator("main img").count()
    assert page.locator("img:not([alt])").count() == 0
    assert page.evaluate("[...document.images].every(image => image.naturalWidth === 0)")


IMAGES_HAVE_COME_OR_FAILED = """() => Promise.all([...document.images].map(image =>
    image.complete || new Promise(done => { image.onload = image.onerror = done })))"""


def height_once_seen(page: Page) -> int:
    """How high the page is when somebody has come to its end, and each image has come or failed."""
    for part in page.locator("main img, .sources, footer").all():
        part.scroll_into_view_if_needed()
    page.evaluate(IMAGES_HAVE_COME_OR_FAILED)
    return page.evaluate("document.documentElement.scrollHeight")


def test_article_on_paper_names_its_sources_and_the_crisis_lines(page: Page):
    page.emulate_media(media="print")
    page.goto(ARTICLE)
    links = page.locator(".sources a[href^='http']")
    assert links.count()
    contents = links.evaluate_all("all => all.map(a => getComputedStyle(a, '::after').content)")
    addresses = links.evaluate_all("all => all.map(a => a.getAttribute('href'))")
    for address, content in zip(addresses, contents, strict=True):
        assert address in content or "attr(href)" in content
    for line in ("tel:988", "tel:911"):
        expect(page.locator(f"main a[href='{line}']").first).to_be_visible()
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()


def test_article_on_paper_takes_few_sheets(page: Page):
    page.goto(ARTICLE)
    for paper in ("Letter", "A4"):
        assert 2 <= len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) <= 10


def test_name_from_right_to_left_is_typed_and_shown_in_its_own_direction(page: Page):
    send_nothing(page)
    for label in ("The name you like to be called", "Your message"):
        field = page.get_by_label(label)
        field.fill(HEBREW)
        assert field.evaluate("field => getComputedStyle(field).direction") == "rtl"
    page.get_by_role("button", name="Send your message").click()
    name = page.get_by_label("The name you like to be called")
    expect(name).to_have_value(HEBREW)
    assert name.evaluate("field => getComputedStyle(field).direction") == "rtl"
    assert page.evaluate("getComputedStyle(document.body).direction") == "ltr"
