"""axe finds nothing on any screen of our own in the admin, by day and by night."""

import re

import pytest
from playwright.sync_api import Page, expect

from .axe import problems

SCREENS = (
    "/admin/",
    "/admin/inquiries/",
    "/admin/inquiries/enter/",
    "/admin/inquiries/export/",
    "/admin/inquiries/person/",
    "/admin/reports/inquiries/",
    "/admin/reports/audit/",
    "/admin/reports/notices/",
    "/admin/reply-templates/",
    "/admin/reply-templates/new/",
    "/admin/settings/contact/triagesettings/",
)


COLOURS_HAVE_CHANGED = """() => Promise.allSettled(document.getAnimations()
    .filter(animation => animation instanceof CSSTransition).map(change => change.finished))"""


def problems_by_day_and_night(page: Page) -> list[str]:
    """What axe finds in either colour scheme, each a line."""
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.evaluate(COLOURS_HAVE_CHANGED)
        found += [f"{scheme} {problem}" for problem in problems(page)]
    return found


# What each kind of form of ours says that comes back.
WRONG = re.compile("There is a problem|Choose a format")


@pytest.fixture
def person(call: Page) -> Page:
    """The records of the person who called, as a search has found them."""
    call.goto("/admin/inquiries/person/")
    call.get_by_label("E-mail address or phone number").fill("503 555 0100")
    call.get_by_role("main").get_by_role("button", name="Search").click()
    expect(call.get_by_role("heading", name="What was found")).to_be_visible()
    return call


@pytest.mark.parametrize("path", SCREENS)
def test_screen_has_no_accessibility_problem(desk: Page, path: str):
    desk.goto(path, wait_until="networkidle")
    expect(desk).to_have_url(re.compile(re.escape(path)))
    assert problems_by_day_and_night(desk) == []


def test_inquiry_has_no_accessibility_problem(call: Page):
    call.reload(wait_until="networkidle")  # Without the message that is still fading in.
    assert problems_by_day_and_night(call) == []


@pytest.mark.parametrize("path", ["/admin/inquiries/export/", "/admin/inquiries/enter/"])
def test_form_with_errors_has_no_accessibility_problem(desk: Page, path: str):
    desk.goto(path)
    desk.locator("main form").last.get_by_role("button").last.click()
    expect(desk.get_by_text(WRONG).first).to_be_visible()
    desk.wait_for_load_state("networkidle")
    assert problems_by_day_and_night(desk) == []


def test_persons_record_has_no_accessibility_problem(person: Page):
    assert problems_by_day_and_night(person) == []


def test_erasing_and_its_receipt_have_no_accessibility_problem(person: Page):
    person.get_by_role("main").get_by_role("button", name=re.compile("[Ee]rase")).first.click()
    expect(person.get_by_role("heading", name="What will be erased")).to_be_visible()
    assert problems_by_day_and_night(person) == []
    person.get_by_label(re.compile("I want to erase it for good")).check()
    person.get_by_role("button", name="Erase for good").click()
    expect(person).to_have_url(re.compile("/receipts/"))
    person.reload(wait_until="networkidle")
    assert problems_by_day_and_night(person) == []


def test_reply_template_has_no_accessibility_problem(desk: Page):
    desk.goto("/admin/reply-templates/")
    desk.get_by_role("main").locator("tbody a").first.click()
    expect(desk).to_have_url(re.compile("/edit/"))
    desk.wait_for_load_state("networkidle")
    assert problems_by_day_and_night(desk) == []
