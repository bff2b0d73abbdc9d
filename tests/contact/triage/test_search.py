"""Finding an inquiry without opening any, and without a name in an address."""

import datetime

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from contact.models import AuditEntry, Status
from contact.sealing import KeyRing
from contact.triage.search import opened_search, sealed_search

from ..opening import instead_of_opening
from .conftest import account_of

SEARCH = "/admin/inquiries/search/"


@pytest.fixture
def found(triager):
    """A function: the references that a search finds."""

    def search(text: str, browser: Client = triager) -> list[str]:
        response = browser.post(SEARCH, {"text": text}, follow=True)
        return [row.instance.reference for row in response.context["table"].rows]

    return search


@pytest.fixture
def grace(write_in):
    """An inquiry that is finished, of somebody with a long name."""
    return write_in(
        name="José Grace Hopper-Núñez",
        email="Grace.Hopper@Example.org",
        phone="+15035550123",
        status=Status.CLOSED,
    )


@pytest.mark.parametrize(
    "text",
    [
        "Grace",
        "grace hopper",
        "Hopper Grace",
        "jose",
        "nunez",
        "hop",
        "gra nuñ",
        "grace.hopper@example.org",
        " GRACE.HOPPER@EXAMPLE.ORG ",
        "503 555 0123",
        "(503) 555-0123",
        "+1 503 555 0123",
    ],
)
def test_an_inquiry_is_found_by_what_a_caller_says(grace, write_in, found, text):
    write_in(name="Ada Lovelace", email="ada@example.org", phone="+15035550100")
    assert found(text) == [grace.reference]


@pytest.mark.parametrize("spell", [str, str.lower, lambda text: text.replace("-", " ")])
def test_an_inquiry_is_found_by_its_reference(grace, found, spell):
    assert found(spell(grace.reference)) == [grace.reference]


@pytest.mark.parametrize(
    "text", ["race", "Grace Lovelace", "grace@example.org", "5035550124", "gr", "%", "***", "A'--"]
)
def test_what_does_not_fit_is_not_found(grace, found, text):
    assert found(text) == []


def test_an_empty_search_leads_back_to_the_open_inquiries(grace, triager):
    assert triager.post(SEARCH, {"text": "  "})["Location"] == "/admin/inquiries/"


@pytest.mark.parametrize("text", ["Grace", "grace.hopper@example.org", "503 555 0123"])
def test_no_address_holds_what_was_searched_for(grace, triager, text):
    location = triager.post(SEARCH, {"text": text})["Location"]
    assert location.startswith("/admin/inquiries/?find=sealed1.")
    assert text not in location
    assert f"“{text}”" in triager.get(location).text


def test_a_copied_address_opens_for_nobody_else(grace, triager, owner):
    location = triager.post(SEARCH, {"text": "Grace"})["Location"]
    html = owner.get(location).text
    assert "Grace" not in html
    assert grace.reference not in html


def test_a_search_that_was_cut_finds_nothing_more_than_the_inbox(grace, triager):
    location = triager.post(SEARCH, {"text": "Grace"})["Location"]
    assert triager.get(location[:-9]).status_code == 200


def test_a_search_is_written_down_without_its_words(grace, found):
    found("Grace")
    entry = AuditEntry.objects.get(action="searched")
    assert entry.detail == {"by": "name", "found": 1, "references": [grace.reference]}


def test_a_search_by_reference_is_written_down_as_one(grace, found):
    found(grace.reference)
    assert AuditEntry.objects.get(action="searched").detail["by"] == "reference"


def test_the_address_of_a_search_is_no_good_for_watching_somebody(grace, triager):
    location = triager.post(SEARCH, {"text": "Grace"})["Location"]
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=61)):
        triager.force_login(account_of(triager))
        assert grace.reference not in triager.get(location).text


def test_a_search_opens_no_inquiry(grace, triager, monkeypatch):
    location = triager.post(SEARCH, {"text": "Grace"})["Location"]
    places = []
    genuine = KeyRing.open
    instead_of_opening(
        monkeypatch, lambda ring, token, place: places.append(place) or genuine(ring, token, place)
    )
    assert grace.reference in triager.get(location).text
    assert {place.table for place in places} == {"search"}


def test_a_search_is_found_under_an_older_key_too(grace, found, settings, new_key):
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    assert found("Grace") == [grace.reference]


def test_a_sealed_search_opens_for_its_own_account_only(db, triager):
    own = account_of(triager).pk
    token = sealed_search("Grace", own)
    assert opened_search(token, own) == "Grace"
    assert opened_search(token, own + 1) == ""
    assert opened_search("", own) == ""
