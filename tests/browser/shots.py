"""Pictures of every kind of page, to be looked at: `make shots` writes them to `shots/`.

Each page is taken on a phone, on a desk, in the dark, narrow and wide, and as it prints; forms also
with their errors. The two pictures of the README are made on the way.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import tests.environment  # noqa: F401 - before Django reads its settings

# isort: split

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kapsite.settings")
django.setup()

from PIL import Image  # noqa: E402
from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

from tests.sites import make_site, serve  # noqa: E402

from .conftest import CHROMIUM  # noqa: E402
from .places import (  # noqa: E402
    ARTICLE,
    PAGES,
    send_message,
    send_nothing,
    sign_in,
    write_down,
)

FOLDER = Path("shots")
OF_README = Path("docs/pictures")
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
DARK = {"color_scheme": "dark"}
LOOKS: dict[str, dict[str, Any]] = {
    "phone": PHONE,
    "phone-dark": PHONE | DARK,
    "desk": DESK,
    "desk-dark": DESK | DARK,
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "wide": {"viewport": {"width": 2560, "height": 1300}},
}
STATES: dict[str, Callable[[Page], None]] = {
    "contact-errors": send_nothing,
    "thanks": send_message,
}
SCREENS = ("/admin/login/", "/admin/", "/admin/inquiries/", "/admin/reports/inquiries/")
# Written down by nobody: what the pictures show is a sample and says so.
CALLERS = ("A sample caller", "Another sample", "A third sample", "Sample of a long, long name")


@contextmanager
def visitor(browser: Browser, base_url: str, look: dict[str, Any]) -> Iterator[Page]:
    """A page in a browser that has been here once, and so has the fonts."""
    context = browser.new_context(base_url=base_url, **look)
    page = context.new_page()
    page.goto("/", wait_until="networkidle")
    yield page
    context.close()


def name_of(address: str) -> str:
    return address.strip("/").replace("/", "-").replace("?", "-") or "home"


def keep(page: Page, name: str) -> None:
    """A picture of the whole page, with the images that wait until they are scrolled to."""
    for image in page.locator("img[loading=lazy]").all():
        image.scroll_into_view_if_needed()
    page.wait_for_load_state("networkidle")
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def keep_small(page: Page, name: str, colours: int = 64) -> None:
    """A picture of the window for the README, small enough to be kept."""
    page.wait_for_load_state("networkidle")
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    OF_README.mkdir(parents=True, exist_ok=True)
    picture.quantize(colours).save(OF_README / f"{name}.png", optimize=True)


def take_pages(browser: Browser, base_url: str) -> None:
    for look_name, look in LOOKS.items():
        with visitor(browser, base_url, look) as page:
            for address in PAGES:
                page.goto(address)
                keep(page, f"{name_of(address)}-{look_name}")
            for name, reach in STATES.items():
                reach(page)
                keep(page, f"{name}-{look_name}")


def take_paper(browser: Browser, base_url: str) -> None:
    """As a printer gets them."""
    with visitor(browser, base_url, DESK) as page:
        for address in PAGES:
            page.goto(address)
            page.pdf(path=FOLDER / f"{name_of(address)}-print.pdf", format="Letter")
        send_message(page)
        page.pdf(path=FOLDER / "thanks-print.pdf", format="Letter")


def take_admin(browser: Browser, base_url: str) -> None:
    with visitor(browser, base_url, DESK) as page:
        sign_in(page)
        for caller in CALLERS:
            write_down(page, caller)
        keep(page, "inquiry-desk")
        for address in SCREENS[1:]:
            page.goto(address)
            keep(page, f"{name_of(address)}-desk")
        page.goto("/admin/inquiries/")
        keep_small(page, "inbox-on-a-desk")
    with visitor(browser, base_url, PHONE) as page:
        page.goto(SCREENS[0])
        keep(page, "sign-in-phone")
        page.goto(ARTICLE)
        keep_small(page, "article-on-a-phone")


def main() -> None:
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir()
    site = make_site(FOLDER / "site")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        with serve(site) as base_url:
            take_admin(browser, base_url)
            take_pages(browser, base_url)
            take_paper(browser, base_url)
        with serve(site, DEBUG="true") as base_url, visitor(browser, base_url, DESK) as page:
            page.goto("/styleguide/")
            keep(page, "styleguide-desk")


if __name__ == "__main__":
    main()
