"""Sessions: sealed, ended when idle, ended everywhere on demand."""

import datetime

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contact.models import AuditEntry

from .conftest import first_step, is_in

MINUTES = datetime.timedelta(minutes=1)


@pytest.fixture
def clock(account):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


def test_session_does_not_read_as_a_person(account, visitor):
    first_step(visitor, account.email)
    [stored] = Session.objects.values_list("session_data", flat=True)
    assert stored.startswith("sealed1.")


def test_session_moved_to_another_key_opens_nothing(account, visitor):
    first_step(visitor, account.email)
    stolen = Session.objects.get()
    Session.objects.create(
        session_key="a" * 32, session_data=stolen.session_data, expire_date=stolen.expire_date
    )
    thief = Client()
    thief.cookies["session"] = "a" * 32
    assert is_in(visitor)
    assert not is_in(thief)


def test_session_ends_after_twenty_idle_minutes(account, visitor, clock):
    first_step(visitor, account.email)
    clock.shift(19 * MINUTES)
    assert is_in(visitor)
    clock.shift(19 * MINUTES)
    assert is_in(visitor)
    clock.shift(21 * MINUTES)
    answer = visitor.get("/admin/inquiry/?status=new")
    assert answer["Location"] == "/admin/login/?next=/admin/inquiry/%3Fstatus%3Dnew"
    assert "signed out" in visitor.get(answer["Location"]).content.decode()
    assert AuditEntry.objects.filter(action="signed_out", actor=account.email).exists()


def test_idle_person_is_nobody_on_the_public_pages_too(account, visitor, clock):
    first_step(visitor, account.email)
    clock.shift(21 * MINUTES)
    assert visitor.get("/").wsgi_request.user.is_anonymous


def test_session_ends_after_twelve_hours_of_work(account, visitor, clock):
    first_step(visitor, account.email)
    for _quarter in range(4 * 12):
        assert is_in(visitor)
        clock.shift(15 * MINUTES)
    assert not is_in(visitor)


def test_what_a_page_asks_by_itself_keeps_nobody_signed_in(account, visitor, clock):
    first_step(visitor, account.email)
    ping = reverse("wagtailadmin_editing_sessions:ping", args=["kapsite", "user", "1", 1])
    for _minute in range(21):
        visitor.get(reverse("session_state"))
        visitor.post(ping)
        clock.shift(MINUTES)
    assert not is_in(visitor)


def test_page_that_is_open_learns_how_long_it_has(account, visitor, clock):
    first_step(visitor, account.email)
    clock.shift(15 * MINUTES)
    state = visitor.get(reverse("session_state")).json()
    assert (state["signed_in"], state["seconds_left"]) == (True, 5 * 60)
    assert visitor.post(reverse("session_state")).json()["seconds_left"] == 20 * 60
    clock.shift(21 * MINUTES)
    visitor.get("/admin/")
    assert visitor.get(reverse("session_state")).json() == {"signed_in": False, "seconds_left": 0}


def test_every_other_session_can_be_ended(account, visitor):
    elsewhere = Client()
    for browser in (visitor, elsewhere):
        first_step(browser, account.email)
    visitor.post(reverse("sign_out_everywhere"))
    assert is_in(visitor)
    assert not is_in(elsewhere)
    assert AuditEntry.objects.get(action="changed").detail["sessions"] == "ended"


def test_new_password_ends_every_session(account, visitor):
    first_step(visitor, account.email)
    account.set_password("another long phrase")
    account.save()
    assert not is_in(visitor)


def test_account_that_is_closed_is_out_at_once(account, visitor):
    first_step(visitor, account.email)
    account.is_active = False
    account.save()
    assert not is_in(visitor)


def test_session_ends_when_the_clock_was_put_back_by_more_than_machines_differ(
    account, visitor, clock
):
    first_step(visitor, account.email)
    clock.shift(-0.5 * MINUTES)
    assert is_in(visitor)
    clock.shift(-60 * MINUTES)
    assert not is_in(visitor)
