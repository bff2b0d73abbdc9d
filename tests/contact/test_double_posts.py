"""A form that is sent many times at once is stored once."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client

from contact import audit
from contact.models import AuditEntry, Inquiry, Notice

SENDERS = 8


def at_once(function, arguments) -> list:
    """What calls give that run at the same time, each with a database connection of its own."""

    def call(argument):
        try:
            return function(argument)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(call, arguments))


@pytest.mark.django_db(transaction=True)
def test_eight_identical_posts_at_once_are_one_inquiry(contact_page, filled_in, settings):
    settings.INQUIRY_NOTICE_EMAILS = ["intake@practice.example"]
    answers = at_once(lambda data: Client().post("/contact/", data), [filled_in] * SENDERS)
    assert {answer.status_code for answer in answers} == {302}
    assert len({answer["Location"] for answer in answers}) == 1
    assert Inquiry.objects.count() == Notice.objects.count() == AuditEntry.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_different_posts_at_once_are_all_stored_and_the_trail_is_whole(contact_page, filled_in):
    posts = [filled_in | {"submission_id": f"{n}" * 32} for n in range(SENDERS)]
    answers = at_once(lambda data: Client().post("/contact/", data), posts)
    assert {answer.status_code for answer in answers} == {302}
    assert Inquiry.objects.count() == SENDERS
    assert audit.verify() == audit.Verdict(SENDERS)
