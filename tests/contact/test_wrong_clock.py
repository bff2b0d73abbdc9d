"""The clock of the machine was wrong for a while: nobody waits longer for it, or is suspected."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact import limits
from contact.delivery import deliver_due
from contact.models import Inquiry, Notice, PostTally, Suspicion
from contact.models.notice import LEASE, LONGEST_WAIT
from contact.stamp import make_stamp, stamp_suspicion

from .conftest import stamp_of_age

HOUR, DAY = datetime.timedelta(hours=1), datetime.timedelta(days=1)


@pytest.fixture
def clock():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield clock


@pytest.fixture
def notice(inquiry):
    """A function: a notice that is made now."""
    return lambda: Notice.objects.create(inquiry=inquiry, recipient="ann@practice.example")


def test_notice_from_before_the_clock_was_put_back_is_sent_at_once(notice, clock, mailoutbox):
    notice()
    clock.shift(-HOUR)
    assert deliver_due() == 1
    assert deliver_due() == 0
    assert len(mailoutbox) == 1


def test_notice_that_failed_while_the_clock_was_a_day_ahead_does_not_wait_for_that_day(
    notice, clock, mailoutbox, settings
):
    works, settings.EMAIL_BACKEND = settings.EMAIL_BACKEND, "nowhere.Backend"
    clock.shift(DAY)
    notice()
    assert deliver_due() == 1
    clock.shift(-DAY)
    settings.EMAIL_BACKEND = works
    assert deliver_due() == 1
    assert len(mailoutbox) == 1


def test_longest_wait_and_a_claim_are_times_that_somebody_plans(notice):
    now = timezone.now()
    Notice.objects.filter(pk=notice().pk).update(
        attempts=12, next_attempt_at=now + LONGEST_WAIT + LEASE
    )
    assert not Notice.objects.due(now)


def test_page_that_was_shown_before_the_clock_was_put_back_makes_nobody_suspicious(clock):
    stamp = make_stamp()
    assert stamp_suspicion(stamp) == Suspicion.TOO_FAST
    clock.shift(-HOUR)
    assert stamp_suspicion(stamp) is None


def test_machine_whose_clock_is_a_little_behind_still_sees_who_is_too_fast(clock):
    assert stamp_suspicion(stamp_of_age(-5)) == Suspicion.TOO_FAST


def test_message_between_two_jumps_is_stored_once_and_not_put_aside(contact_page, filled_in, clock):
    for jump in (-HOUR, DAY):
        clock.shift(jump)
        assert Client().post("/contact/", filled_in).status_code == 302
    assert not Inquiry.objects.get().quarantined


def test_count_of_a_year_that_never_came_is_forgotten(db):
    now = timezone.now()
    limits.count("192.0.2.0/24", now + 400 * DAY)
    limits.count("192.0.2.0/24", now)
    assert limits.forget(now) == 1
    assert PostTally.objects.get().hour <= now
