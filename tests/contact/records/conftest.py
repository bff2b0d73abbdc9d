"""Inquiries to release or erase, and the steps that somebody takes in the browser."""

import re
from collections.abc import Callable

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.urls import reverse

from contact.models import BlindTerm, Inquiry, Note

ASKED = {"format": "csv", "reason": "report"}


@pytest.fixture
def make_inquiry(db) -> Callable[..., Inquiry]:
    """A function that stores an inquiry, with what the blind index needs."""

    def make(**facts) -> Inquiry:
        inquiry = Inquiry(**{"name": "Grace Hopper", "contact_by": "email"} | facts)
        inquiry.save()
        BlindTerm.objects.write(inquiry)
        return inquiry

    return make


@pytest.fixture
def noted(inquiry, django_user_model) -> Inquiry:
    """An inquiry with a note by somebody of the staff."""
    author = django_user_model.objects.create_user("ines@example.org")
    Note(inquiry=inquiry, author=author, text="Called her, no answer.", kind="no_answer").save()
    return inquiry


def address(name: str, *arguments: object) -> str:
    return reverse(f"inquiry_records:{name}", args=arguments)


def export(browser: Client, **asked) -> HttpResponseBase:
    """The answer to a filled export form."""
    return browser.post(address("export"), ASKED | asked)


def search(browser: Client, contact: str = "ada@example.org") -> tuple[str, str]:
    """The page with what was found, and its token; an empty one where nothing was."""
    html = browser.post(address("person"), {"contact": contact}).text
    token = re.search(r'name="token" value="([^"]+)"', html)
    return html, token[1] if token else ""


def erase(browser: Client, token: str) -> HttpResponseBase:
    """The answer to the last step of erasing, with the box ticked."""
    confirmed = {"token": token, "asked": "yes", "confirmed": "on"}
    return browser.post(address("person_erase"), confirmed)
