"""How much one network may send in an hour: first put aside, then asked to wait."""

import datetime
import uuid

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact import limits
from contact.models import AuditEntry, Inquiry, PostTally
from tests.practice import set_practice

from .test_double_posts import at_once
from .test_privacy import MARKERS, every_row

URL = "/contact/"
NOON = datetime.datetime(2026, 3, 6, 12, 30, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def low_limits(monkeypatch):
    monkeypatch.setattr(limits, "SOFT", 2)
    monkeypatch.setattr(limits, "HARD", 4)


@pytest.fixture
def send(contact_page, filled_in):
    """A function: a new message from an address, and the answer to it."""

    def post(address="203.0.113.9", **changes):
        data = filled_in | {"submission_id": str(uuid.uuid4())} | changes
        return Client().post(URL, data, REMOTE_ADDR=address)

    return post


def test_over_the_soft_limit_messages_are_put_aside(send):
    assert [send().status_code for _n in range(4)] == [302] * 4
    reasons = Inquiry.objects.order_by("created_at").values_list("quarantine_reasons", flat=True)
    assert list(reasons) == [[], [], ["many"], ["many"]]


def test_over_the_hard_limit_the_sender_is_asked_to_wait_and_keeps_the_text(send):
    set_practice(phone="503 555 0199")
    for _n in range(4):
        send()
    answer = send(message="Not to be typed <twice>")
    assert answer.status_code == 429
    assert 0 < int(answer["Retry-After"]) <= 3600
    assert "no-store" in answer["Cache-Control"]
    main = answer.text.partition("<main")[2]
    assert "<title>Error: " in answer.text
    assert 'href="tel:+1-503-555-0199"' in main
    assert 'href="tel:988"' in main
    assert "Not to be typed &lt;twice&gt;" in main
    assert 'value="ada@example.org"' in main
    assert Inquiry.objects.count() == AuditEntry.objects.count() == 4
    assert PostTally.objects.get().count == 4


def test_the_same_form_sent_on_is_sent_once_the_hour_is_over(send):
    with time_machine.travel(NOON, tick=False):
        for _n in range(4):
            send()
        form = {"submission_id": str(uuid.uuid4())}
        assert send(**form).status_code == 429
    with time_machine.travel(NOON + datetime.timedelta(minutes=30), tick=False):
        assert send(**form).status_code == 302
    assert Inquiry.objects.filter(submission_id=form["submission_id"]).count() == 1


def test_a_resend_is_thanked_even_over_the_limit_and_never_counted(send):
    form = {"submission_id": str(uuid.uuid4())}
    thanks = send(**form)["Location"]
    for _n in range(5):
        assert send(**form)["Location"] == thanks
    assert PostTally.objects.get().count == 1
    for _n in range(3):
        send()
    assert send(**form)["Location"] == thanks


def test_a_form_with_a_mistake_is_not_counted(send):
    for _n in range(6):
        assert send(name="").status_code == 200
    assert not PostTally.objects.exists()


def test_neighbours_share_a_limit_and_strangers_do_not(send):
    for number in range(4):
        send(f"203.0.113.{number}")
    assert send("203.0.113.200").status_code == 429
    assert send("203.0.114.9").status_code == 302
    assert send("2001:db8::1").status_code == 302


def test_who_has_no_address_is_never_asked_to_wait(send):
    assert [send("").status_code for _n in range(6)] == [302] * 6


def test_no_address_and_no_text_is_kept_to_count_by(send):
    for _n in range(5):
        send("203.0.113.77", **MARKERS)
    assert "203.0.113" not in every_row()
    assert "Markername" not in every_row()


def test_tallies_are_forgotten_the_day_after(send):
    with time_machine.travel(NOON, tick=False):
        send()
    assert limits.forget(NOON + datetime.timedelta(hours=20)) == 0
    assert limits.forget(NOON + datetime.timedelta(hours=26)) == 1
    assert not PostTally.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_posts_at_once_are_counted_right(contact_page, filled_in):
    posts = [filled_in | {"submission_id": str(uuid.uuid4())} for _n in range(8)]
    answers = at_once(lambda data: Client().post(URL, data), posts)
    assert sorted(answer.status_code for answer in answers) == [302] * 4 + [429] * 4
    assert PostTally.objects.get().count == Inquiry.objects.count() == 4
    assert Inquiry.objects.filter(quarantined=True).count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_nervous_finger_is_one_message_and_not_suspicious(contact_page, filled_in):
    at_once(lambda data: Client().post(URL, data), [filled_in] * 8)
    assert not Inquiry.objects.get().quarantined
    assert timezone.now() - PostTally.objects.get().hour < datetime.timedelta(hours=2)
