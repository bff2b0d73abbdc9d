"""Signing in, the admin's look and the preview, in a real browser."""

import re
from io import BytesIO

import pytest
from PIL import Image, ImageChops
from playwright.sync_api import Browser, Page, expect

from .axe import problems
from .places import sign_in

RESET = "/admin/password_reset/"
SIGN_IN_PAGES = ("/admin/login/", RESET, f"{RESET}done/", f"{RESET}confirm/MQ/x/")
of_both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])
# The user bar is Wagtail's; it floats above the page and takes no room in it.
NO_USER_BAR = "document.querySelectorAll('wagtail-userbar').forEach((bar) => bar.remove())"

BARELY_VISIBLE = 12  # Of 255 shades.


@of_both_schemes
@pytest.mark.parametrize("path", SIGN_IN_PAGES)
def test_sign_in_page_has_no_accessibility_problem_and_fits_a_narrow_phone(
    page: Page, path, scheme
):
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(path)
    assert problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@of_both_schemes
def test_wrong_password_leads_to_the_summary_and_keeps_the_address(page: Page, scheme):
    page.emulate_media(color_scheme=scheme)
    sign_in(page, "a guess")
    expect(page).to_have_title(re.compile("^Error:"))
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.get_by_label("E-mail address")).to_have_value("owner@example.org")
    expect(page.get_by_label("Password")).to_have_value("")
    assert problems(page) == []


@of_both_schemes
@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/admin/images/"])
def test_admin_has_no_accessibility_problem_and_asks_nobody_else(
    desk: Page, base_url, path, scheme
):
    asked: list[str] = []
    desk.on("request", lambda request: asked.append(request.url))
    desk.emulate_media(color_scheme=scheme)
    desk.goto(path, wait_until="networkidle")
    assert problems(desk) == []
    assert [url for url in asked if not url.startswith((base_url, "data:", "blob:"))] == []
    assert len(asked) > 10


def preview(desk: Page, title: str) -> str:
    """Open the preview beside a page's fields; the address from which its frame came."""
    desk.goto("/admin/pages/search/?q=" + title.replace(" ", "+"))
    desk.get_by_role("main").get_by_role("link", name=title).first.click()
    with desk.expect_response(re.compile("in_preview_panel=true")) as shown:
        desk.get_by_role("button", name="Toggle preview").click()
    return shown.value.url.partition("?")[0]


# A font that was too late for a page is not used in it. Words in it are as wide as in the next one.
FONT_IS_USED = """() => {
    const words = document.body.appendChild(document.createElement("span"));
    words.textContent = "How wide are these words?";
    const widths = ["Figtree, monospace", "monospace"].map((family) => {
        words.style.fontFamily = family;
        return words.getBoundingClientRect().width;
    });
    words.remove();
    return new Set(widths).size === 2;
}"""


def come_again_until_font_is_used(page: Page) -> None:
    """Reload a page until its font comes in time; at most ten times."""
    for _ in range(10):
        if page.evaluate(FONT_IS_USED):
            return
        page.reload(wait_until="networkidle")
    raise AssertionError(f"{page.url} never had its font")


def pixels_that_differ(*pages: Page) -> int:
    """How many pixels of two pages look different. Edges of letters may vary by a shade."""
    shots = [Image.open(BytesIO(page.screenshot(full_page=True))).convert("L") for page in pages]
    assert shots[0].size == shots[1].size
    counts = ImageChops.difference(*shots).histogram()
    return sum(counts[BARELY_VISIBLE + 1 :])


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize(
    ("title", "path"),
    [("How Safe Is KAP", "/library/how-safe-is-kap/"), ("About the practice", "/about/")],
)
def test_preview_looks_exactly_like_the_page(
    desk: Page, browser: Browser, base_url: str, title, path, width
):
    address = preview(desk, title)
    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(address, wait_until="networkidle")
    visit = browser.new_page(base_url=base_url, viewport={"width": width, "height": 900})
    visit.goto(path, wait_until="networkidle")
    for page in (desk, visit):
        come_again_until_font_is_used(page)
    desk.evaluate(NO_USER_BAR)
    assert desk.inner_text("body") == visit.inner_text("body")
    assert pixels_that_differ(desk, visit) == 0
    visit.close()
