"""Somebody with an account, and what they need to come in."""

import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.test import Client
from django.urls import reverse

from kapsite.models import User

PASSWORD = "a long phrase to sign in with"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
LOGIN = "/admin/login/"


def code_of(secret: str = SECRET, steps_from_now: int = 0) -> str:
    """What an authenticator app with this secret shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps_from_now))


def first_step(browser: Client, email: str, password: str = PASSWORD, **extra):
    """Fill in the form with address and password; returns the answer."""
    return browser.post(LOGIN, {"username": email, "password": password}, **extra)


def second_step(browser: Client, code: str, **extra):
    """Fill in the form with the code; returns the answer."""
    return browser.post(reverse("mfa_authenticate"), {"code": code}, **extra)


def is_in(browser: Client) -> bool:
    """Whether the admin opens."""
    return browser.get("/admin/").status_code == 200


@pytest.fixture
def account(planted) -> User:
    return User.objects.create_superuser("ann@example.org", PASSWORD)


@pytest.fixture
def app(account) -> Authenticator:
    """The account's authenticator app, with recovery codes."""
    authenticator = TOTP.activate(account, SECRET).instance
    RecoveryCodes.activate(account)
    return authenticator


@pytest.fixture
def public(settings) -> None:
    """A site on which nobody works without a second step."""
    settings.SECOND_STEP_REQUIRED = True
