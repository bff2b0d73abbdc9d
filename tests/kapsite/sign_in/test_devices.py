"""Whoever an account belongs to hears of a device that is new."""

import datetime

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from kapsite.models import KnownDevice
from kapsite.sign_in import devices

from .conftest import first_step, second_step


def test_new_device_is_told_once_and_without_a_trace_of_the_sender(account, visitor):
    first_step(visitor, account.email, REMOTE_ADDR="192.0.2.1", HTTP_USER_AGENT="Browser 1")
    assert devices.send_notices() == 1
    assert devices.send_notices() == 0
    [message] = mail.outbox
    assert message.to == [account.email]
    assert "192.0.2.1" not in message.body
    assert "/admin/second-step/" in message.body


def test_known_device_is_not_told_again(account, visitor):
    first_step(visitor, account.email)
    visitor.post("/admin/logout/")
    first_step(visitor, account.email)
    assert KnownDevice.objects.count() == 1
    first_step(Client(), account.email)
    assert KnownDevice.objects.count() == 2


def test_password_alone_makes_no_device_known(account, app, visitor):
    first_step(visitor, account.email)
    second_step(visitor, "000000")
    assert not KnownDevice.objects.exists()
    assert devices.COOKIE not in visitor.cookies


def test_cookie_is_out_of_reach_and_kept_as_a_hash(account, visitor):
    cookie = first_step(visitor, account.email).cookies[devices.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/"
    assert cookie.value not in str(list(KnownDevice.objects.values()))


def test_notice_waits_for_the_mail_server(account, visitor, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    first_step(visitor, account.email)
    assert devices.send_notices() == 0
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert devices.send_notices() == 1


@pytest.mark.parametrize(("days", "left"), [(399, 1), (401, 0)])
def test_devices_are_forgotten_when_their_cookie_has_run_out(days, left, account, visitor):
    first_step(visitor, account.email)
    with time_machine.travel(timezone.now() + datetime.timedelta(days=days)):
        devices.forget()
    assert KnownDevice.objects.count() == left
