"""A visitor reads and writes, an owner reads what was written, all in a real browser."""

import re

from playwright.sync_api import Page, expect

from tests.sites import OWNER_PASSWORD

from .axe import problems
from .places import send_message


def test_visitor_goes_from_the_home_page_to_an_article_and_its_sources(page: Page):
    page.goto("/")
    page.get_by_role("link", name=re.compile("How Safe Is KAP")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("How Safe Is KAP")
    expect(page.get_by_text("No clinician has reviewed this article yet.")).to_be_visible()
    page.get_by_role("link", name="Source 1", exact=True).first.click()
    expect(page).to_have_url(re.compile("#source-1$"))
    page.get_by_role("link", name="Back to where source 1 is cited").click()
    expect(page).to_have_url(re.compile("#cited-1$"))
    page.get_by_role("link", name=re.compile("^Next ")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Treatment-Resistant Depression")


def test_every_number_leads_to_its_source_and_back(page: Page):
    """Though sources are laid out only once they come near the screen."""
    page.goto("/library/how-safe-is-kap/")
    last = page.locator(".sources li").count()
    for number in (last, 2):
        page.get_by_role("link", name=f"Source {number}", exact=True).first.click()
        expect(page.locator(f"#source-{number}")).to_be_in_viewport(ratio=1)
        page.get_by_role("link", name=f"Back to where source {number} is cited").click()
        expect(page.locator(f"#cited-{number}")).to_be_in_viewport(ratio=1)
    page.goto("/")
    page.goto(f"/library/how-safe-is-kap/#source-{last}")
    expect(page.locator(f"#source-{last}")).to_be_in_viewport(ratio=1)


def test_empty_form_says_what_is_missing_and_keeps_what_was_typed(page: Page):
    page.goto("/contact/")
    page.get_by_label("Your message").fill("Something I would not want to type twice")
    page.get_by_role("button", name="Send your message").click()
    expect(page).to_have_title(re.compile("^Error:"))
    summary = page.get_by_role("alert")
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page.get_by_label("Your message")).to_have_value(
        "Something I would not want to type twice"
    )
    assert problems(page) == []


def test_only_the_chosen_way_to_reach_somebody_is_asked_for(page: Page):
    page.goto("/contact/")
    ways = {"By e-mail": "E-mail address", "By phone": "Phone number"}
    for field in ways.values():
        expect(page.get_by_label(field)).to_be_hidden()
    for chosen in ways:
        page.get_by_label(chosen).check()
        for way, field in ways.items():
            expect(page.get_by_label(field)).to_be_visible(visible=way == chosen)


def test_message_reaches_the_inbox_and_is_read_there(page: Page):
    page.goto("/contact/")
    page.get_by_label("The name you like to be called").fill("Zoë Nguyễn")
    page.get_by_label("By e-mail").check()
    page.get_by_label("E-mail address").fill("zoe@example.org")
    page.get_by_label("Your message").fill("A marker only staff should see")
    page.wait_for_timeout(3500)  # A person takes longer than three seconds; a program does not.
    page.get_by_role("button", name="Send your message").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your message reached us")
    reference = page.get_by_text(re.compile(r"^\w{4}-\w{4}$")).inner_text()

    page.goto("/admin/inquiries/")
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill(OWNER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("A marker only staff should see")).to_have_count(0)
    page.get_by_role("link", name=reference).click()
    expect(page.get_by_text("A marker only staff should see")).to_be_visible()
    expect(page.get_by_text("Zoë Nguyễn").first).to_be_visible()


def test_thanks_page_says_what_follows_and_prints_on_one_sheet(page: Page, base_url: str):
    send_message(page)
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    assert problems(page) == []
    for paper in ("Letter", "A4"):
        assert len(re.findall(rb"/Type\s*/Page\b", page.pdf(format=paper))) == 1
