"""Where people can come to on a site with starter content, and what is sent from there."""

from playwright.sync_api import Page

from tests.sites import OWNER_PASSWORD

ARTICLE = "/library/how-safe-is-kap/"
CLOSED_SLUG = "for-patients"
CLOSED_PASSWORD = "let me in"
CLOSED = f"/about/{CLOSED_SLUG}/"

# One of each kind of page, and each state of it that a link leads to.
PAGES = (
    "/",
    "/library/",
    "/library/?topic=safety",
    ARTICLE,
    "/library/kap-and-treatment-resistant-depression/",
    "/about/",
    "/questions/",
    "/crisis-help/",
    "/contact/",
    "/contact/thanks/",
    "/search/",
    "/search/?q=ketamine",
    "/search/?q=nothingofthesort",
    "/nothing-here/",
)

MESSAGE = {"name": "Ada", "contact_by": "phone", "phone": "503 555 0100", "message": "Hello"}


def send_message(page: Page, name: str = "Ada") -> None:
    """Fill in what the contact form asks for, and send it."""
    page.goto("/contact/")
    _leave_number(page, "The name you like to be called", name)
    page.get_by_role("button", name="Send your message").click()


def send_nothing(page: Page) -> None:
    """Send the contact form as it stands, which brings it back with its errors."""
    page.goto("/contact/")
    page.get_by_role("button", name="Send your message").click()
    page.get_by_role("heading", name="There is a problem").wait_for()


def sign_in(page: Page, password: str = OWNER_PASSWORD) -> None:
    """Send the owner's address and a password."""
    page.goto("/admin/login/")
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def session_key(page: Page) -> str:
    """The key of the session that a page is signed in with."""
    [key] = [cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "session"]
    return key


def write_down(page: Page, caller: str = "Ada Lovelace") -> None:
    """Enter an inquiry as the intake team does after a call."""
    page.goto("/admin/inquiries/enter/")
    _leave_number(page, "The name they like to be called", caller)
    page.get_by_role("button", name="Keep this inquiry").click()


def _leave_number(page: Page, label: str, name: str) -> None:
    """Fill in a name under its label, and a phone number: the least that an inquiry needs."""
    page.get_by_label(label).fill(name)
    page.get_by_label("By phone").check()
    page.get_by_label("Phone number").fill("503 555 0100")
