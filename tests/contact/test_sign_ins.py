"""Sign-ins in the audit trail: who came, who left, whose account was tried, and nothing typed."""

import pytest
from django.contrib.auth import authenticate
from django.test import Client, RequestFactory
from django.urls import reverse

from contact.models import AuditEntry

PASSWORD = "a long phrase to sign in with"


@pytest.fixture
def account(django_user_model, db):
    return django_user_model.objects.create_superuser("Ann@example.org", PASSWORD)


def sign_in(username: str, password: str) -> Client:
    """Somebody fills in the form of the admin."""
    browser = Client()
    browser.post(reverse("wagtailadmin_login"), {"username": username, "password": password})
    return browser


def events() -> list[tuple[str, str]]:
    return list(AuditEntry.objects.values_list("action", "actor"))


def test_coming_and_going_are_written_down(account):
    sign_in("ann@example.org", PASSWORD).post(reverse("wagtailadmin_logout"))
    assert events() == [("signed_in", account.email), ("signed_out", account.email)]


def test_a_wrong_password_is_written_down_with_the_account_that_was_meant(account):
    sign_in("ann@EXAMPLE.org", "a guess")
    assert events() == [("sign_in_refused", account.email)]


def test_somebody_who_may_no_longer_sign_in_is_refused_under_their_account(account):
    account.is_active = False
    account.save()
    sign_in(account.email, PASSWORD)
    assert events() == [("sign_in_refused", account.email)]


def test_what_was_typed_into_the_wrong_field_is_not_kept(account):
    sign_in(PASSWORD, account.email)
    assert events() == [("sign_in_refused", "")]
    assert PASSWORD not in str(list(AuditEntry.objects.values()))


@pytest.mark.parametrize("credentials", [{}, {"email": "ann@example.org"}, {"username": ""}])
def test_an_attempt_from_elsewhere_is_written_down_once(account, credentials):
    authenticate(RequestFactory().post("/"), **credentials)
    expected = account.email if credentials.get("email") else ""
    assert events() == [("sign_in_refused", expected)]


def test_leaving_without_having_come_is_no_event(db):
    Client().logout()
    Client().post(reverse("wagtailadmin_logout"))
    assert events() == []


def test_nobody_gets_in_unrecorded(account, monkeypatch):
    monkeypatch.setattr(AuditEntry, "save", lambda *args: 1 / 0)
    browser = Client(raise_request_exception=False)
    answer = browser.post(
        reverse("wagtailadmin_login"), {"username": account.email, "password": PASSWORD}
    )
    assert answer.status_code == 500
    assert browser.get(reverse("wagtailadmin_home")).status_code == 302
