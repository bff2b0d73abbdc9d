"""Pictures of every kind of page, to be looked at: `make shots` writes them to `shots/`.

Each page is taken on a phone, on a desk, in the dark and as it prints; forms also with errors.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django
from playwright.sync_api import Browser, Page, sync_playwright

django.setup()

from tests.browser.conftest import CHROMIUM  # noqa: E402 - needs the settings
from tests.sites import OWNER_PASSWORD, make_site, serve  # noqa: E402

FOLDER = Path("shots")
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
LOOKS: dict[str, dict] = {
    "phone": PHONE,
    "desk": DESK,
    "dark": DESK | {"color_scheme": "dark"},
    "phone-dark": PHONE | {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "wide": {"viewport": {"width": 2560, "height": 1300}},
}
PAGES = {
    "home": "/",
    "library": "/library/",
    "article": "/library/how-safe-is-kap/",
    "article-2": "/library/kap-and-treatment-resistant-depression/",
    "about": "/about/",
    "questions": "/questions/",
    "fees": "/fees/",
    "what-to-expect": "/what-to-expect/",
    "crisis-help": "/crisis-help/",
    "contact": "/contact/",
    "nothing-sent": "/contact/thanks/",
    "search": "/search/?q=ketamine",
    "search-empty": "/search/?q=zebra",
    "not-found": "/nothing-here/",
    "sign-in": "/admin/login/",
    "styleguide": "/styleguide/",
}


def fill_in(page: Page) -> None:
    """Write a sample message into the contact form."""
    page.goto("/contact/")
    page.get_by_label("The name you like to be called").fill("A sample name")
    page.get_by_label("By phone").check()
    page.get_by_label("Phone number").fill("503 555 0100")
    page.get_by_label("Your message").fill("This is a sample message.")


def send_nothing(page: Page) -> None:
    """The contact form with what it says of empty fields."""
    page.goto("/contact/")
    page.get_by_role("button", name=re.compile("^Send")).click()


def send(page: Page) -> None:
    """The page that says thanks."""
    fill_in(page)
    page.get_by_role("button", name=re.compile("^Send")).click()


STATES: dict[str, Callable[[Page], None]] = {
    "contact-filled": fill_in,
    "contact-errors": send_nothing,
    "thanks": send,
}


def sign_in(page: Page) -> None:
    page.goto("/admin/login/")
    page.get_by_label("E-mail address").fill("owner@example.org")
    page.get_by_label("Password").fill(OWNER_PASSWORD)
    page.get_by_role("button", name="Sign in").click()


@contextmanager
def visitor(browser: Browser, base_url: str, look: dict) -> Iterator[Page]:
    """A page of a browser that nobody has used before."""
    context = browser.new_context(base_url=base_url, **look)
    yield context.new_page()
    context.close()


def keep(page: Page, name: str) -> None:
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def take_public(browser: Browser, base_url: str) -> None:
    for look_name, look in LOOKS.items():
        with visitor(browser, base_url, look) as page:
            for name, path in PAGES.items():
                page.goto(path)
                keep(page, f"{name}-{look_name}")
    for look_name in ("phone", "desk", "dark"):
        for name, reach in STATES.items():
            with visitor(browser, base_url, LOOKS[look_name]) as page:
                reach(page)
                keep(page, f"{name}-{look_name}")


def take_paper(browser: Browser, base_url: str) -> None:
    """As PDF: what a printer would be sent."""
    with visitor(browser, base_url, DESK) as page:
        for name, path in PAGES.items():
            page.goto(path)
            page.pdf(path=FOLDER / f"{name}-print.pdf", format="Letter")
        send(page)
        page.pdf(path=FOLDER / "thanks-print.pdf", format="Letter")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    site = make_site(FOLDER / "site")
    with serve(site) as base_url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        take_public(browser, base_url)
        take_paper(browser, base_url)


if __name__ == "__main__":
    main()
