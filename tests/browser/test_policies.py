"""Nothing that the site shows or does runs into its own content security policy."""

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import ConsoleMessage, FilePayload, Page, expect

from .places import CLOSED, PAGES, send_message, send_nothing

ADMIN_LISTS = (
    "/admin/",
    "/admin/pages/",
    "/admin/images/",
    "/admin/documents/",
    "/admin/snippets/",
    "/admin/snippets/pages/source/",
    "/admin/reports/site-history/",
    "/admin/reports/locked/",
    "/admin/reports/workflow/",
    "/admin/reports/aging-pages/",
    "/admin/workflows/list/",
    "/admin/workflows/tasks/index/",
    "/admin/users/",
    "/admin/groups/",
    "/admin/collections/",
    "/admin/redirects/",
    "/admin/sites/",
    "/admin/inquiries/",
    "/admin/inquiries/export/",
    "/admin/reports/inquiries/",
    "/admin/reports/audit/",
    "/admin/reports/notices/",
)
ADMIN_FORMS = (
    "/admin/account/",
    "/admin/images/add/",
    "/admin/images/multiple/add/",
    "/admin/documents/add/",
    "/admin/documents/multiple/add/",
    "/admin/snippets/pages/source/add/",
    "/admin/snippets/pages/topic/add/",
    "/admin/settings/pages/practicesettings/",
    "/admin/settings/contact/triagesettings/",
    "/admin/workflows/add/",
    "/admin/workflows/edit/1/",
    "/admin/users/new/",
    "/admin/groups/new/",
    "/admin/redirects/add/",
    "/admin/inquiries/enter/",
    "/admin/password_reset/",
)


@pytest.fixture(autouse=True)
def refused(page: Page) -> Iterator[list[str]]:
    """What the browser has refused because of a policy; at the end of a test there is nothing."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Permissions-Policy" in message.text:
            said.append(f"{page.url}: {message.text}")

    page.context.on("console", listen)
    yield said
    assert said == []


def picture(colour: str = "seagreen") -> FilePayload:
    """A file as a person would choose it. Of the same content twice, Wagtail asks which to keep."""
    file = BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "PNG")
    return {"name": "room.png", "mimeType": "image/png", "buffer": file.getvalue()}


def open_editor(desk: Page, title: str) -> None:
    desk.goto("/admin/pages/search/?q=" + title.replace(" ", "+"))
    desk.get_by_role("main").get_by_role("link", name=title).first.click()
    desk.wait_for_load_state("networkidle")


def test_collector_hears_of_a_refusal(page: Page, refused: list[str]):
    page.goto("/about/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate(
        "document.head.append(Object.assign(document.createElement('script'), {text: 1}))"
    )
    page.wait_for_timeout(200)
    assert len(refused) == 2
    refused.clear()


@pytest.mark.parametrize("path", [*PAGES, CLOSED, "/styleguide/"])
def test_public_page_keeps_to_its_policy(page: Page, path):
    page.goto(path, wait_until="networkidle")


def test_public_page_looks_as_its_style_sheet_says(page: Page):
    page.goto("/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(250, 248, 243)"
    fonts = page.evaluate("document.fonts.ready.then((all) => [...all].map((one) => one.status))")
    assert "loaded" in fonts


def test_form_is_sent_under_the_policy(page: Page):
    send_nothing(page)
    send_message(page)
    expect(page).to_have_url(re.compile("/contact/thanks/"))


@pytest.mark.parametrize("path", ADMIN_LISTS + ADMIN_FORMS)
def test_screen_of_the_admin_keeps_to_its_policy(desk: Page, path):
    answer = desk.goto(path, wait_until="networkidle")
    assert answer.status == 200
    assert "script-src 'self';" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("path", ["/", "/library/how-safe-is-kap/", "/contact/", "/nothing-here/"])
def test_user_bar_works_on_a_public_page(desk: Page, path):
    desk.goto(path, wait_until="networkidle")
    desk.get_by_role("button", name="View Wagtail quick actions").click()
    expect(desk.get_by_role("menuitem").first).to_be_visible()


def test_article_is_edited_looked_at_and_kept(desk: Page):
    open_editor(desk, "How Safe Is KAP")
    desk.get_by_role("button", name="Toggle preview").click()
    preview = desk.frame_locator("iframe[title='Preview']").last
    expect(preview.get_by_role("heading", level=1)).to_be_visible()
    expect(desk.locator(".Draftail-Editor").first).to_be_visible()
    desk.get_by_role("button", name="Toggle checks").click()
    desk.get_by_role("button", name="Toggle status").click()
    desk.get_by_role("tab", name="Promote").click()
    desk.get_by_role("tab", name="Content").click()
    desk.get_by_role("button", name="Save draft").first.click()
    desk.wait_for_load_state("networkidle")


def test_history_comparison_and_workflow_of_an_article(desk: Page):
    open_editor(desk, "Fees")
    editor = desk.url
    for number in range(2):
        desk.get_by_role("textbox", name="Title").first.fill(f"Fees {number}")
        desk.get_by_role("button", name="Save draft").first.click()
        desk.wait_for_load_state("networkidle")
        desk.goto(editor)
    history = editor.replace("edit/", "history/")
    for address in (history, editor.replace("edit/", "usage/")):
        assert desk.goto(address, wait_until="networkidle").status == 200
    desk.goto(editor.replace("edit/", "revisions/compare/earliest...latest/"))
    expect(desk.get_by_role("heading", name=re.compile("Compare:")).first).to_be_visible()
    desk.goto(editor.replace("edit/", "view_draft/"), wait_until="networkidle")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()


def test_calendar_is_there_and_a_page_is_chosen(desk: Page):
    desk.goto("/admin/redirects/add/", wait_until="networkidle")
    desk.get_by_role("button", name="Choose a page").click()
    expect(desk.get_by_role("dialog")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.goto("/admin/reports/site-history/", wait_until="networkidle")
    expect(desk.locator(".xdsoft_datetimepicker").first).to_be_attached()
    expect(desk.locator("template[data-start]")).to_have_count(0)


def test_list_of_forms_grows(desk: Page):
    desk.goto("/admin/snippets/pages/clinician/add/", wait_until="networkidle")
    desk.get_by_role("button", name="Add licence").click()
    expect(desk.locator("[name^='licences-0-']:visible").first).to_be_visible()


def test_image_is_added_cropped_and_chosen(desk: Page):
    desk.goto("/admin/images/add/", wait_until="networkidle")
    desk.get_by_label("Title").fill("A green room")
    desk.locator("input[type=file]").set_input_files(picture())
    desk.get_by_label("Description").fill("A room painted green.")
    desk.get_by_role("main").get_by_role("button", name="Upload").click()
    desk.wait_for_load_state("networkidle")
    desk.goto("/admin/images/", wait_until="networkidle")
    desk.get_by_role("main").get_by_role("link", name="A green room").first.click()
    desk.wait_for_load_state("networkidle")
    expect(desk.locator(".jcrop-holder, .jcrop-active").first).to_be_visible()


def test_images_are_added_together(desk: Page):
    desk.goto("/admin/images/multiple/add/", wait_until="networkidle")
    desk.locator("input[type=file]").set_input_files([picture("ivory"), picture("tan")])
    expect(desk.get_by_role("button", name="Update").nth(1)).to_be_visible()


def test_image_is_uploaded_in_the_chooser(desk: Page):
    open_editor(desk, "What to expect")
    desk.get_by_role("button", name=re.compile("Choose (an|another) image|Replace")).first.click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_role("tab", name="Upload").click()
    dialog.locator("input[type=file]").set_input_files(picture("steelblue"))
    dialog.get_by_label("Title").fill("A wall")
    dialog.get_by_label("Description").fill("A wall.")
    with desk.expect_response(lambda answer: answer.request.method == "POST") as answer:
        dialog.get_by_role("button", name="Upload").click()
    assert answer.value.json()["step"] == "chosen"
    expect(dialog).to_be_hidden()


def test_inquiry_is_worked_on(call: Page):
    call.get_by_role("button", name="Write it down").click()
    call.wait_for_load_state("networkidle")
    call.goto("/admin/inquiries/", wait_until="networkidle")
    call.get_by_role("button", name="Search").last.click()
    call.wait_for_load_state("networkidle")
