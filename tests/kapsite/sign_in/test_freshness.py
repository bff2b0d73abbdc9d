"""Exports, erasures, people and second steps want a proof of the last quarter of an hour."""

import datetime
import time

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from kapsite.models import User
from kapsite.sign_in.freshness import SIGNED_IN_AT, is_fresh

from .conftest import PASSWORD, first_step

WANT_PROOF = [
    "inquiry_records:export",
    "inquiry_records:person",
    "wagtailusers_users:index",
    "wagtailusers_users:add",
    "wagtailusers_groups:index",
]
OWN_ACCOUNT = ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]


@pytest.fixture
def later(account, visitor):
    """The browser of somebody who signed in a while ago and has worked since."""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        first_step(visitor, account.email)
        clock.shift(datetime.timedelta(minutes=16))
        yield visitor


def addresses() -> dict[str, str]:
    return {name: reverse(name) for name in WANT_PROOF + OWN_ACCOUNT}


@pytest.mark.parametrize("name", WANT_PROOF)
def test_opens_right_after_signing_in(name, account, visitor):
    first_step(visitor, account.email)
    assert visitor.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", WANT_PROOF + OWN_ACCOUNT)
def test_asks_for_the_password_later_and_goes_on(name, later):
    asked = later.get(reverse(name))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    answer = later.post(asked["Location"], {"password": PASSWORD})
    assert answer["Location"] == reverse(name)
    assert later.get(reverse(name)).status_code == 200


def test_wrong_password_opens_nothing(later):
    asked = later.get(reverse("inquiry_records:export"))["Location"]
    assert later.post(asked, {"password": "a guess"}).status_code == 200
    assert later.get(reverse("inquiry_records:export")).status_code == 302


def test_what_was_about_to_be_sent_is_sent_afterwards(later):
    sent = {
        "email": "new@example.org",
        "first_name": "Nora",
        "last_name": "New",
        "password1": "a long phrase for it",
        "password2": "a long phrase for it",
        "is_active": "on",
    }
    asked = later.post(reverse("wagtailusers_users:add"), sent)
    assert not User.objects.filter(email="new@example.org").exists()
    later.post(asked["Location"], {"password": PASSWORD})
    assert User.objects.filter(email="new@example.org").exists()


def test_people_changed_together_want_it_too(later, account):
    address = reverse("wagtail_bulk_action", args=["kapsite", "user", "delete"])
    answer = later.post(f"{address}?id={account.pk}")
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert User.objects.filter(pk=account.pk).exists()


def test_reading_wants_none(later):
    assert later.get(reverse("inquiry:index")).status_code == 200


def test_proof_from_a_clock_that_was_ahead_proves_nothing(rf, account):
    request = rf.get("/")
    request.user = account
    request.session = {SIGNED_IN_AT: time.time() + 3600}
    assert not is_fresh(request)
    request.session = {SIGNED_IN_AT: time.time() + 10}  # The clock of another web machine.
    assert is_fresh(request)
