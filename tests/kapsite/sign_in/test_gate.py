"""The gate: every address of the admin, for everybody who is not all the way in."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from kapsite.sign_in.gate import ENROLMENT
from tests.addresses import METHODS, OF_THE_ADMIN

from .conftest import code_of, first_step, is_in, second_step

# What is there for people who are not signed in: to sign in, to ask for a new password, and the
# words and pictures of those pages.
OPEN = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "new_password",
    "sign_out",
    "session_state",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


def test_sweep_knows_the_admin():
    assert len(OF_THE_ADMIN) > 200
    assert {"wagtailadmin_home", "inquiry:index", "wagtailusers_users:index"} <= set(OF_THE_ADMIN)


def answers(browser: Client, names: set[str]) -> Iterator[tuple[str, str, int, str]]:
    """What each address answers to each method: name, method, status, and where it sends."""
    for name in sorted(names):
        for method in METHODS:
            answer = getattr(browser, method)(OF_THE_ADMIN[name])
            yield name, method, answer.status_code, answer.get("Location", "")


def test_password_alone_opens_nothing(account, app, visitor):
    first_step(visitor, account.email)
    back = ("/admin/login/", reverse("mfa_authenticate"))
    wrong = [
        (name, method, status, place)
        for name, method, status, place in answers(visitor, set(OF_THE_ADMIN) - OPEN)
        if not (status in (403, 404, 405) or (status == 302 and place.startswith(back)))
    ]
    assert wrong == []


def test_public_site_asks_for_a_second_step_first(account, public, visitor):
    first_step(visitor, account.email)
    expected = (302, reverse("mfa_index"))
    wrong = [
        (name, method, status, place)
        for name, method, status, place in answers(visitor, set(OF_THE_ADMIN) - OPEN - ENROLMENT)
        if (status, place) != expected
    ]
    assert wrong == []


def test_whoever_has_to_set_up_a_second_step_is_nobody_elsewhere(account, public, visitor):
    first_step(visitor, account.email)
    assert "userbar" not in visitor.get("/").content.decode()
    assert visitor.get("/").wsgi_request.user.is_anonymous


def test_session_of_before_the_second_step_was_set_up_has_to_take_it(account, visitor, request):
    first_step(visitor, account.email)
    assert is_in(visitor)
    request.getfixturevalue("app")
    assert visitor.get("/admin/")["Location"] == "/admin/login/?next=/admin/"
    first_step(visitor, account.email)
    second_step(visitor, code_of())
    assert is_in(visitor)


def test_local_site_lets_people_in_without_a_second_step(account, visitor):
    first_step(visitor, account.email)
    assert is_in(visitor)


def test_second_step_leads_to_where_somebody_wanted_to_go(account, app, visitor):
    visitor.post(
        "/admin/login/",
        {
            "username": account.email,
            "password": "a long phrase to sign in with",
            "next": "/admin/inquiry/",
        },
    )
    assert second_step(visitor, code_of())["Location"] == "/admin/inquiry/"


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"],
)
def test_nobody_is_sent_elsewhere(elsewhere, account, app, visitor):
    sent = {"username": account.email, "password": "a long phrase to sign in with"}
    visitor.post("/admin/login/", sent | {"next": elsewhere})
    assert second_step(visitor, code_of())["Location"] == "/admin/"
    again = f"{reverse('account_reauthenticate')}?next={elsewhere}"
    answer = visitor.post(again, {"password": "a long phrase to sign in with"})
    assert "evil" not in answer.get("Location", "")


def test_session_key_changes_when_somebody_signs_in(account, app, visitor):
    """A key that was planted in a browser beforehand is worth nothing."""
    visitor.get(reverse("wagtailadmin_login"))
    first_step(visitor, account.email)
    before = visitor.session.session_key
    second_step(visitor, code_of())
    assert visitor.session.session_key != before
    planted = Client()
    planted.cookies["session"] = before
    assert not is_in(planted)


def test_leaving_takes_a_post_of_our_own(account, visitor):
    """SecureDrop's audit of 2024 found that another site could sign people out."""
    first_step(visitor, account.email)
    assert visitor.get(reverse("wagtailadmin_logout")).status_code == 405
    assert is_in(visitor)
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = visitor.cookies
    for name in ("wagtailadmin_logout", "account_logout", "sign_out_everywhere"):
        assert strict.post(reverse(name)).status_code == 403
    assert is_in(visitor)
