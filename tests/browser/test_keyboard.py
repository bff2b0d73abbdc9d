"""A visitor who has a keyboard and nothing else gets from the home page to the thanks page."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from .looking import look

# More steps than any page has places to stop at.
FURTHEST = 80


@pytest.fixture
def page(page: Page) -> Page:
    """A page without slow scrolling, so that what has the focus is in view at once."""
    page.emulate_media(reduced_motion="reduce")
    return page


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the target has the focus, which can be seen at every stop on the way."""
    for _ in range(FURTHEST):
        page.keyboard.press("Tab")
        assert look(page, "focusShown") == ""
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{FURTHEST} presses of Tab do not lead to {target}.")


@pytest.mark.parametrize("window", [(390, 844), (1440, 900)], ids=["phone", "desktop"])
def test_message_is_sent_by_keyboard_alone(page: Page, window: tuple[int, int]):
    page.set_viewport_size({"width": window[0], "height": window[1]})
    page.goto("/")
    tab_to(page, page.get_by_role("link", name="Skip to the content"))
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    tab_to(page, page.locator("main").get_by_role("link", name=re.compile("How Safe")).first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("How Safe Is KAP")
    tab_to(page, page.get_by_role("link", name="Contact us").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Contact us")
    tab_to(page, page.get_by_label("The name you like to be called"))
    page.keyboard.type("Ada")
    tab_to(page, page.get_by_label("By e-mail"))
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_label("By phone")).to_be_checked()
    tab_to(page, page.get_by_label("Phone number"))
    page.keyboard.type("503 555 0100")
    tab_to(page, page.get_by_role("button", name="Send your message"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()


def test_error_leads_to_its_field_by_keyboard(page: Page):
    page.goto("/contact/")
    page.get_by_role("button", name="Send your message").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_focused()
    assert look(page, "focusShown") == ""
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("The name you like to be called")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert look(page, "focusShown") == ""
