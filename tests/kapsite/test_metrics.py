"""Numbers for whoever runs the site: for a token only, cheap, and about nobody."""

import datetime
import re

import pytest
from django.utils import timezone

from contact.models import Inquiry, Notice

TOKEN = "a long token for the monitoring system"


@pytest.fixture
def ask(db, visitor, settings):
    """A function: the answer to whoever gives this token."""
    settings.METRICS_TOKEN = TOKEN
    return lambda token=TOKEN: visitor.get("/metrics", HTTP_AUTHORIZATION=f"Bearer {token}")


def numbers(answer) -> dict[str, float]:
    lines = re.findall(r"^(\w+) (\S+)$", answer.content.decode(), re.M)
    return {name: float(value) for name, value in lines}


@pytest.mark.parametrize("token", ["", "wrong", TOKEN[:-1], f"{TOKEN}x", "ö"])
def test_nobody_else_learns_that_it_is_there(ask, token):
    assert ask(token).status_code == 404


def test_without_a_token_of_its_own_nobody_may_ask(ask, settings):
    settings.METRICS_TOKEN = ""
    assert ask("").status_code == 404


def test_what_waits_is_counted(ask):
    before = numbers(ask())
    inquiry = Inquiry(name="Ada Lovelace", contact_by="email", email="ada@example.org")
    inquiry.due_at = timezone.now() - datetime.timedelta(days=1)
    inquiry.save()
    notice = Notice.objects.create(inquiry=inquiry, recipient="staff@example.org")
    Notice.objects.filter(pk=notice.pk).update(
        created_at=timezone.now() - datetime.timedelta(hours=1)
    )
    after = numbers(ask())
    changed = {name for name in after if after[name] != before[name]}
    assert {"kapsite_inquiries_open", "kapsite_notices_waiting"} <= changed
    assert 3590 < after["kapsite_notices_oldest_wait_seconds"] < 3700
    assert after["kapsite_backup_age_seconds"] == -1
    assert after["kapsite_disk_free_bytes"] > 0


def test_nothing_is_about_a_person_and_nothing_is_stored(ask):
    Inquiry(name="Ada Lovelace", contact_by="email", email="ada@example.org").save()
    answer = ask()
    assert "no-store" in answer["Cache-Control"]
    assert "Ada" not in answer.content.decode()


def test_it_costs_the_same_however_much_there_is(ask, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        ask()
