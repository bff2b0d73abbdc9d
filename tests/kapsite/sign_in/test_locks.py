"""Guessing is slow: an account closes for the address that the failures came from."""

import datetime

import pytest
import time_machine
from axes.models import AccessAttempt
from django.conf import settings
from django.test import Client
from django.utils import timezone

from kapsite.sign_in import locks

from .conftest import PASSWORD, code_of, first_step, is_in, second_step

HERE, THERE = {"REMOTE_ADDR": "192.0.2.1"}, {"REMOTE_ADDR": "198.51.100.7"}


def fail(account, times: int = settings.AXES_FAILURE_LIMIT, **where) -> None:
    for number in range(times):
        first_step(Client(), account.email, f"guess {number}", **where)


def test_ten_failures_close_the_account_here_and_not_elsewhere(account):
    fail(account, **HERE)
    answer = first_step(Client(), account.email, **HERE)
    assert answer.status_code == 429
    assert answer["Retry-After"] == "900"
    assert b"15 minutes" in answer.content
    assert first_step(Client(), account.email, **THERE).status_code == 302


def test_others_at_the_same_address_go_on_working(account, django_user_model):
    fail(account, **HERE)
    django_user_model.objects.create_superuser("ben@example.org", PASSWORD)
    assert first_step(Client(), "ben@example.org", **HERE).status_code == 302


def test_capitals_make_no_other_account(account):
    for number in range(settings.AXES_FAILURE_LIMIT):
        first_step(Client(), account.email.upper(), f"guess {number}", **HERE)
    assert first_step(Client(), account.email, **HERE).status_code == 429


def test_lock_opens_after_a_while_though_somebody_goes_on_trying(account):
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        fail(account, **HERE)
        clock.shift(datetime.timedelta(minutes=10))
        fail(account, 1, **HERE)
        clock.shift(datetime.timedelta(minutes=6))
        assert first_step(Client(), account.email, **HERE).status_code == 302


def test_success_forgets_the_failures(account):
    fail(account, settings.AXES_FAILURE_LIMIT - 1, **HERE)
    first_step(Client(), account.email, **HERE)
    assert not AccessAttempt.objects.exists()


def test_wrong_codes_count_as_well(account, app, visitor):
    first_step(visitor, account.email, **HERE)
    from django.core.cache import cache

    for _number in range(settings.AXES_FAILURE_LIMIT):
        cache.clear()  # What one process counts in its memory is not what is tested.
        second_step(visitor, "000000", **HERE)
    cache.clear()
    assert b"Too many attempts" in second_step(visitor, code_of(), **HERE).content
    assert not is_in(visitor)
    assert first_step(Client(), account.email, **HERE).status_code == 429


@pytest.mark.parametrize("proxies", [0, 1])
def test_address_is_the_one_that_our_proxy_saw(proxies, account, settings):
    settings.TRUSTED_PROXIES = proxies
    for number in range(settings.AXES_FAILURE_LIMIT):
        forged = f"203.0.113.{number}, 192.0.2.1"
        first_step(Client(), account.email, "a guess", HTTP_X_FORWARDED_FOR=forged, **THERE)
    answer = first_step(
        Client(), account.email, HTTP_X_FORWARDED_FOR="203.0.113.99, 192.0.2.1", **THERE
    )
    assert answer.status_code == 429


def test_nothing_that_was_typed_is_kept(account):
    """People type passwords into the wrong field."""
    first_step(Client(), "my secret password", account.email, **HERE)
    stored = str(list(AccessAttempt.objects.values()))
    assert "my secret" not in stored
    assert account.email not in stored


def test_failures_are_forgotten_by_housekeeping(account):
    fail(account, 1, **HERE)
    assert locks.forget() == 0
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=16)):
        assert locks.forget() == 1
    assert not AccessAttempt.objects.exists()


def test_account_that_closed_while_the_clock_was_ahead_opens_with_the_next_housekeeping(account):
    with time_machine.travel(timezone.now() + datetime.timedelta(days=1)):
        fail(account, **HERE)
    assert first_step(Client(), account.email, **HERE).status_code == 429
    assert locks.forget() == 1
    assert first_step(Client(), account.email, **HERE).status_code == 302
