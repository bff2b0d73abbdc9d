"""One person's data: found by an exact address or number, exported in one step."""

import csv
import datetime
import io
import re

import pytest
import time_machine
from django.contrib.auth import get_user, get_user_model
from django.test import Client
from django.utils import timezone

from contact.models import AuditEntry, BlindTerm, Inquiry

from ..opening import instead_of_opening
from .conftest import address, search


def references(browser, token, kind="csv") -> list[str]:
    """What the person's export holds."""
    data = {"token": token, "format": kind}
    text = browser.post(address("person_export"), data).getvalue().decode("utf-8-sig")
    return [row["Reference"] for row in csv.DictReader(io.StringIO(text, newline=""))]


@pytest.mark.parametrize("typed", [" ADA@Example.org ", "(503) 555-0100", "+1 503 555 0100"])
def test_a_person_is_found_by_address_or_number_in_any_spelling(inquiry, owner, typed):
    html, token = search(owner, typed)
    assert inquiry.reference in html
    assert token


@pytest.mark.parametrize("typed", ["ada@example.com", "da@example.org", "+15035550101"])
def test_who_is_not_exactly_the_same_is_not_found(inquiry, owner, typed):
    html, _token = search(owner, typed)
    assert inquiry.reference not in html
    assert "No inquiry was sent with this address or number." in html


@pytest.mark.parametrize("typed", ["", "Ada", "555", "@"])
def test_what_is_no_address_and_no_number_is_said_beside_the_field(inquiry, owner, typed):
    html, token = search(owner, typed)
    assert "error-message" in html
    assert f'value="{typed}"' in html or not typed
    assert not token
    assert not AuditEntry.objects.exists()


def test_searching_opens_nothing_and_shows_nothing_private(inquiry, owner, monkeypatch):
    opened = []
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    html, _token = search(owner)
    assert not opened
    assert not any(word in html for word in ("Lovelace", "5035550100", "private message"))


def test_the_trail_says_that_somebody_searched_and_not_for_whom(inquiry, owner):
    search(owner)
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor) == ("searched", "owner@example.org")
    assert entry.detail == {"kind": "email", "count": 1}


def test_merged_inquiries_are_found_with_it_both_ways(inquiry, make_inquiry, owner):
    merged = make_inquiry(email="other@example.org", duplicate_of=inquiry)
    merged_into_that = make_inquiry(duplicate_of=merged)
    for typed in ("ada@example.org", "other@example.org"):
        html, _token = search(owner, typed)
        for found in (inquiry, merged, merged_into_that):
            assert found.reference in html


def test_a_hold_is_shown(inquiry, owner):
    inquiry.on_hold = True
    inquiry.save()
    assert "Inquiries on hold can be exported, but not erased." in search(owner)[0]


def test_an_export_holds_this_person_and_nobody_else(inquiry, make_inquiry, owner):
    merged = make_inquiry(duplicate_of=inquiry)
    make_inquiry(email="other@example.org")
    _html, token = search(owner)
    assert set(references(owner, token)) == {inquiry.reference, merged.reference}


def test_an_export_says_why_and_names_each_inquiry(inquiry, owner):
    _html, token = search(owner)
    references(owner, token)
    _searched, done, seen = AuditEntry.objects.all()
    assert done.detail == {"format": "csv", "reason": "person", "count": 1, "found_by": "email"}
    assert (seen.reference, seen.detail) == (inquiry.reference, {"export": done.sequence})


def test_what_was_not_listed_is_not_exported(inquiry, make_inquiry, owner):
    _html, token = search(owner)
    make_inquiry(email="ada@example.org")
    assert references(owner, token) == [inquiry.reference]


def test_what_is_no_longer_this_persons_is_not_exported(inquiry, owner):
    _html, token = search(owner)
    inquiry.email = "other@example.org"
    inquiry.save()
    BlindTerm.objects.write(inquiry)
    assert references(owner, token) == []


@pytest.mark.parametrize("name", ["person_export", "person_erase"])
@pytest.mark.parametrize("spoil", ["", "plain text", "token of somebody else", "old"])
def test_a_list_that_cannot_be_trusted_leads_back_to_the_search(
    inquiry, owner, signed_in, name, spoil
):
    _html, token = search(owner)
    browser, moment = owner, timezone.now()
    if spoil == "old":
        moment += datetime.timedelta(minutes=61)
    elif spoil == "token of somebody else":
        get_user_model().objects.create_superuser("second@example.org", "a long phrase for it")
        browser = Client()
        browser.force_login(get_user_model().objects.get(email="second@example.org"))
    else:
        token = spoil
    account = get_user(browser)
    with time_machine.travel(moment, tick=False):
        browser.force_login(account)  # The session of an hour ago is over.
        data = {"token": token, "format": "csv", "asked": "y", "confirmed": "on"}
        response = browser.post(address(name), data, follow=True)
    assert response.redirect_chain == [(address("person"), 302)]
    assert "This list is out of date. Search again." in response.text
    assert not AuditEntry.objects.filter(action__in=["exported", "shown", "removed"]).exists()


def test_the_typed_address_gets_into_no_url_and_no_log(inquiry, owner, caplog):
    caplog.set_level("DEBUG")
    response = owner.post(address("person"), {"contact": "ada@example.org"})
    assert "ada@" not in str(response.headers)
    assert response.text.count("ada@example.org") == 1  # In the field where it was typed.
    assert "ada@" not in caplog.text


def test_what_only_a_merge_has_found_is_not_ticked(inquiry, make_inquiry, owner):
    other = make_inquiry(email="other@example.org", duplicate_of=inquiry)
    html, _token = search(owner)
    boxes = dict(re.findall(r'name="chosen" value="([^"]+)"[^>]*?( checked)?>', html))
    assert boxes == {str(inquiry.pk): " checked", str(other.pk): ""}
    assert "A merge only" in html


def test_only_what_is_ticked_is_exported_and_erased(inquiry, make_inquiry, owner):
    other = make_inquiry(email="ada@example.org", message="Another's words.")
    _html, token = search(owner)
    ticked = {"token": token, "choosing": "yes", "chosen": str(inquiry.pk)}
    text = owner.post(address("person_export"), ticked | {"format": "csv"}).getvalue().decode()
    assert inquiry.reference in text
    assert other.reference not in text
    page = owner.post(address("person_erase"), ticked)
    assert other.reference not in page.text
    owner.post(
        address("person_erase"),
        {"token": page.context["token"], "asked": "yes", "confirmed": "on"},
    )
    assert list(Inquiry.objects.all()) == [other]


def test_without_a_tick_nothing_is_released(inquiry, owner):
    _html, token = search(owner)
    nothing = {"token": token, "choosing": "yes"}
    answer = owner.post(address("person_export"), nothing, follow=True)
    assert "Tick the inquiries" in answer.text
