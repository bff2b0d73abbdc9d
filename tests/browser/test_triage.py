"""Staff work through an inquiry in a real browser, by keyboard, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.sites import OWNER_PASSWORD

from .axe import problems

SCREENS = (
    "/admin/",
    "/admin/inquiries/",
    "/admin/inquiries/enter/",
    "/admin/reports/inquiries/",
    "/admin/reports/audit/",
    "/admin/reports/notices/",
    "/admin/reply-templates/",
)


@pytest.fixture
def desk(page: Page) -> Page:
    """A browser in which the owner is signed in."""
    page.goto("/admin/login/")
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill(OWNER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


@pytest.fixture
def call(desk: Page) -> Page:
    """The page of an inquiry that the owner has written down."""
    desk.goto("/admin/inquiries/enter/")
    desk.get_by_label("The name they like to be called").fill("Ada Lovelace")
    desk.get_by_label("By phone").check()
    desk.get_by_label("Phone number").fill("503 555 0100")
    desk.get_by_role("button", name="Keep this inquiry").click()
    expect(desk.get_by_role("heading", name="Message")).to_be_visible()
    return desk


@pytest.mark.parametrize("path", SCREENS)
def test_a_screen_of_our_own_has_no_accessibility_problem(desk: Page, path: str):
    desk.goto(path, wait_until="networkidle")
    assert problems(desk) == []


def test_an_inquiry_has_no_accessibility_problem_and_fits_a_phone(call: Page):
    call.reload(wait_until="networkidle")  # Without the message that is still fading in.
    assert problems(call) == []
    call.set_viewport_size({"width": 390, "height": 844})
    assert call.evaluate("document.documentElement.scrollWidth") == 390


def test_an_attempt_is_written_down_by_keyboard_alone(call: Page):
    call.get_by_role("button", name="Write it down").focus()
    call.keyboard.press("Enter")
    summary = call.get_by_role("alert").filter(has_text="There is a problem")
    expect(summary).to_be_focused()
    call.keyboard.press("Tab")
    call.keyboard.press("Enter")  # The link to the question.
    call.get_by_label("We talked").focus()
    call.keyboard.press("ArrowDown")
    expect(call.get_by_label("I left a voicemail")).to_be_checked()
    call.get_by_role("button", name="Write it down").focus()
    call.keyboard.press("Enter")
    expect(call.get_by_text("What you did is written down.")).to_be_visible()
    expect(call.get_by_text("I left a voicemail").first).to_be_visible()


def test_several_are_chosen_and_given_away_at_once(call: Page):
    call.goto("/admin/inquiries/")
    call.get_by_label("Choose all on this page").check()
    call.get_by_label("With the chosen inquiries").select_option(label="Nobody")
    call.get_by_role("button", name="Do it").click()
    expect(call.get_by_text(re.compile("changed\\."))).to_be_visible()
    expect(call.get_by_role("link", name=re.compile("^Mine 0"))).to_be_visible()


def test_a_search_leads_to_the_inquiry_and_leaves_no_name_in_the_address(call: Page):
    call.goto("/admin/inquiries/")
    call.get_by_label("Find by reference, name, e-mail or phone").fill("lovel")
    call.get_by_role("main").get_by_role("button", name="Search").click()
    expect(call.get_by_text(re.compile("fits? “lovel”"))).to_be_visible()
    assert "lovel" not in call.url.lower()
