"""The pages on which staff sign in or choose a new password, and the door to a private page."""

import re

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import PageViewRestriction

PASSWORD = "a long phrase to sign in with"
LOGIN, RESET = "/admin/login/", "/admin/password_reset/"
STEPS = [LOGIN, RESET, f"{RESET}done/", f"{RESET}confirm/MQ/x/", f"{RESET}complete/"]

pytestmark = pytest.mark.usefixtures("planted")


@pytest.fixture
def account(django_user_model, planted):
    return django_user_model.objects.create_superuser("ann@example.org", PASSWORD)


@pytest.fixture
def new_password(account, visitor) -> str:
    """The address of the form behind the link that was sent."""
    key = urlsafe_base64_encode(force_bytes(account.pk))
    link = f"{RESET}confirm/{key}/{default_token_generator.make_token(account)}/"
    return visitor.get(link)["Location"]


def read(answer) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def errors(page: BeautifulSoup) -> list[str]:
    return [item.get_text() for item in page.select(".error-summary li")]


def described(page: BeautifulSoup, field: Tag) -> str:
    """What a screen reader says after the label of a field."""
    return " ".join(
        page.find(id=part).get_text(" ", strip=True) for part in field["aria-describedby"].split()
    )


@pytest.mark.parametrize("address", STEPS)
def test_page_carries_the_practices_name_and_none_of_its_menu(address, visitor):
    page = read(visitor.get(address))
    assert page.title.string.strip().endswith(" - Practice website")
    assert len(page.select("h1")) == 1
    assert not page.select("nav")
    assert not page.select("script")
    assert "agtail" not in page.get_text()


@pytest.mark.parametrize(
    ("address", "name", "purpose"),
    [
        (LOGIN, "username", "username"),
        (LOGIN, "password", "current-password"),
        (RESET, "email", "username"),
    ],
)
def test_browser_knows_what_to_fill_in(address, name, purpose, visitor):
    field = read(visitor.get(address)).find("input", {"name": name})
    assert field["autocomplete"] == purpose
    assert not field.has_attr("placeholder")


def test_new_password_is_offered_to_the_password_manager(new_password, visitor):
    fields = read(visitor.get(new_password)).select("input[type=password]")
    assert [field["autocomplete"] for field in fields] == ["new-password", "new-password"]


def test_empty_form_says_at_each_field_what_is_missing(visitor):
    page = read(visitor.post(LOGIN, {}))
    assert page.title.string.startswith("Error: ")
    assert errors(page) == ["Enter your e-mail address", "Enter your password"]
    for name, error in zip(("username", "password"), errors(page), strict=True):
        assert described(page, page.find("input", {"name": name})) == f"Error: {error}"


def test_wrong_password_keeps_the_address_and_never_the_password(account, visitor):
    page = read(visitor.post(LOGIN, {"username": account.email, "password": "a guess"}))
    assert len(errors(page)) == 1
    assert page.find("input", {"name": "username"})["value"] == account.email
    assert not page.find("input", {"name": "password"}).has_attr("value")
    assert "a guess" not in str(page)


def test_whoever_signs_in_goes_on_to_where_they_wanted(account, visitor):
    page = read(visitor.get(LOGIN, {"next": "/admin/account/"}))
    sent = {"username": account.email, "password": PASSWORD}
    sent["next"] = page.find("input", {"name": "next"})["value"]
    assert visitor.post(LOGIN, sent)["Location"] == "/admin/account/"


def test_session_ends_with_the_browser(account, visitor):
    visitor.post(LOGIN, {"username": account.email, "password": PASSWORD})
    assert visitor.session.get_expire_at_browser_close()


def test_address_that_is_none_is_kept_and_explained(visitor):
    page = read(visitor.post(RESET, {"email": "ann"}))
    assert errors(page) == ["Enter an e-mail address like name@example.com"]
    assert page.find("input", {"name": "email"})["value"] == "ann"


def test_link_in_the_mail_leads_to_a_new_password(account, visitor):
    sent = visitor.post(RESET, {"email": account.email})
    assert sent["Location"] == reverse("wagtailadmin_password_reset_done")
    [link] = re.findall(r"http://\S+", mail.outbox[0].body)
    form = visitor.get(link[link.index("/admin/") :])["Location"]
    visitor.post(form, {"new_password1": "quite another phrase", "new_password2": "other"})
    account.refresh_from_db()
    assert account.check_password(PASSWORD)
    done = visitor.post(form, dict.fromkeys(("new_password1", "new_password2"), "another phrase"))
    assert done["Location"] == reverse("wagtailadmin_password_reset_complete")
    account.refresh_from_db()
    assert account.check_password("another phrase")


def test_two_passwords_that_differ_are_refused_at_the_second(new_password, visitor):
    form = {"new_password1": "quite another phrase", "new_password2": "something else"}
    page = read(visitor.post(new_password, form))
    assert errors(page) == ["Enter the same password in both fields"]
    second = page.find("input", {"name": "new_password2"})
    assert errors(page)[0] in described(page, second)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", "Enter the password"),
        ("open", "This password does not open the page. Check it and try again."),
    ],
)
def test_door_to_a_private_page_says_what_is_wrong_and_shows_crisis_help(
    typed, error, visitor, page_at
):
    rule = PageViewRestriction.objects.create(
        page=page_at("/about/"), restriction_type="password", password="let me in"
    )
    asked = read(visitor.get("/about/"))
    assert not errors(asked)
    assert asked.find("input", {"name": "password"})["autocomplete"] == "current-password"
    action = f"/_util/authenticate_with_password/{rule.pk}/{rule.page.pk}/"
    page = read(visitor.post(action, {"password": typed, "return_url": "/about/"}))
    assert page.title.string.startswith("Error: ")
    assert errors(page) == [error]
    assert described(page, page.find("input", {"name": "password"})) == f"Error: {error}"
    assert page.select("main a[href='tel:988']")
