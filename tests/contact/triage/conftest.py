"""Inquiries to work on, and the addresses to do it at."""

from collections.abc import Callable

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import reverse

from contact.models import BlindTerm, Inquiry


@pytest.fixture
def write_in(db) -> Callable[..., Inquiry]:
    """A function: an inquiry with these fields that came in before, with its index."""

    def come_in(**fields) -> Inquiry:
        inquiry = Inquiry(**{"name": "Ada Lovelace", "contact_by": "email"} | fields)
        inquiry.reckon_due()
        inquiry.save()
        BlindTerm.objects.write(inquiry)
        return inquiry

    return come_in


@pytest.fixture
def take(inquiry, triager) -> Callable[..., str]:
    """A function: the page after the triager has sent the form of a step."""

    def send(step: str, inquiry: Inquiry = inquiry, browser: Client = triager, **data) -> str:
        url = reverse(f"inquiry:{step}", args=[inquiry.pk])
        return browser.post(url, data, follow=True).text

    return send


def account_of(browser: Client):
    """Who is signed in."""
    return get_user(browser)
