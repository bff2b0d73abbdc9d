"""The second step and the end of a session, in a real browser with a real passkey."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.kapsite.sign_in.conftest import code_of
from tests.sites import manage

from .axe import problems
from .places import session_key, sign_in

SECOND_STEP = "/admin/second-step/"
of_both_schemes = pytest.mark.parametrize("scheme", ["light", "dark"])
# The first owner's account, as it was before the test.
FORGET = "from allauth.mfa.models import Authenticator; Authenticator.objects.all().delete()"

# Nothing has been done in a session for eighteen and a half minutes.
IDLE_SINCE = """
from kapsite.sign_in.sessions import SessionStore
session = SessionStore({key!r})
session["seen_at"] = session["signed_in_at"] = session["signed_in_at"] - 1110
session.save()
"""


@pytest.fixture
def forget(site_folder):
    """Leave the account as it was: without a second step."""
    yield
    assert manage(site_folder, "shell", "-c", FORGET).returncode == 0


@pytest.fixture
def owner(page: Page, forget) -> Page:
    """A browser in which the owner has signed in by password."""
    sign_in(page)
    expect(page).to_have_url(re.compile("/admin/$"))
    return page


@pytest.fixture
def passkey(browser: Browser, base_url, forget) -> Iterator[Page]:
    """The same on a device that has passkeys. They belong to a name, and an address is none."""
    context = browser.new_context(base_url=base_url.replace("127.0.0.1", "localhost"))
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    sign_in(page)
    expect(page).to_have_url(re.compile("/admin/$"))
    yield page
    context.close()


def leave(page: Page) -> None:
    page.goto(SECOND_STEP)
    page.get_by_role("button", name="Sign out", exact=True).click()


def set_up_app(page: Page) -> str:
    """Set up an app; returns its secret."""
    page.goto(SECOND_STEP)
    page.get_by_role("link", name="Set up an authenticator app").click()
    secret = page.locator("code").inner_text()
    page.get_by_label("Code").fill(code_of(secret))
    page.get_by_role("button", name="Keep this app").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return secret


@of_both_schemes
def test_every_page_of_it_is_accessible_and_fits_a_narrow_phone(owner: Page, scheme):
    owner.emulate_media(color_scheme=scheme)
    owner.set_viewport_size({"width": 320, "height": 640})
    for path in ("", "totp/activate/", "webauthn/add/"):
        owner.goto(f"{SECOND_STEP}{path}")
        assert problems(owner) == []
        assert owner.evaluate("document.documentElement.scrollWidth") == 320, path
    set_up_app(owner)
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "totp/deactivate/"):
        owner.goto(f"{SECOND_STEP}{path}")
        assert problems(owner) == []
        assert owner.evaluate("document.documentElement.scrollWidth") == 320, path


def test_app_and_then_its_code(owner: Page):
    secret = set_up_app(owner)
    leave(owner)
    sign_in(owner)
    owner.get_by_label("Code").fill("000000")
    owner.get_by_role("button", name="Sign in").click()
    expect(owner.get_by_role("alert")).to_be_focused()
    assert problems(owner) == []
    owner.get_by_label("Code").fill(code_of(secret, 1))
    owner.get_by_role("button", name="Sign in").click()
    expect(owner).to_have_url(re.compile("/admin/$"))


def test_passkey_in_place_of_a_code(passkey: Page):
    passkey.goto(f"{SECOND_STEP}webauthn/add/")
    passkey.get_by_role("button", name="Add a passkey").click()
    expect(passkey.get_by_role("heading", name="Recovery codes")).to_be_visible()
    leave(passkey)
    sign_in(passkey)
    passkey.get_by_role("button", name="Use a passkey").click()
    expect(passkey).to_have_url(re.compile("/admin/$"))


def test_session_that_is_about_to_end_asks_and_goes_on(owner: Page, site_folder):
    owner.clock.install()
    owner.goto("/admin/inquiries/enter/")
    idle = IDLE_SINCE.format(key=session_key(owner))
    assert manage(site_folder, "shell", "-c", idle).returncode == 0
    owner.clock.fast_forward("18:30")
    notice = owner.get_by_role("dialog")
    expect(notice).to_contain_text("less than two minutes")
    assert problems(owner) == []
    notice.get_by_role("button", name="Stay signed in").click()
    expect(notice).to_be_hidden()
    owner.reload()
    expect(owner).to_have_url(re.compile("/enter/$"))


def test_what_was_typed_outlives_the_session(desk: Page):
    desk.clock.install()
    desk.goto("/admin/inquiries/enter/")
    name = desk.get_by_label("The name they like to be called")
    name.fill("Ada Lovelace")
    desk.context.clear_cookies()
    desk.clock.fast_forward("20:30")
    expect(desk.get_by_role("dialog")).to_contain_text("What you typed is still here")
    other = desk.context.new_page()
    sign_in(other)
    expect(other).to_have_url(re.compile("/admin/$"))
    desk.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(desk.get_by_role("dialog")).to_be_hidden()
    expect(name).to_have_value("Ada Lovelace")
    desk.get_by_label("By phone").check()
    desk.get_by_label("Phone number").fill("503 555 0100")
    desk.get_by_role("button", name="Keep this inquiry").click()
    expect(desk.get_by_role("heading", name="Message")).to_be_visible()
