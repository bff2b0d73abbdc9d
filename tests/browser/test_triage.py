"""Staff work through an inquiry in a real browser, by keyboard, on a desk and on a phone."""

import re

from playwright.sync_api import Page, expect


def test_an_inquiry_fits_a_phone(call: Page):
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


def test_name_from_right_to_left_stands_in_its_own_direction(call: Page):
    call.goto("/admin/inquiries/enter/")
    call.get_by_label("The name they like to be called").fill("עדה לאבלייס")
    call.get_by_label("By phone").check()
    call.get_by_label("Phone number").fill("503 555 0111")
    call.get_by_role("button", name="Keep this inquiry").click()
    name = call.get_by_role("main").get_by_text("עדה לאבלייס", exact=True).first
    assert name.evaluate("element => getComputedStyle(element).direction") == "rtl"
