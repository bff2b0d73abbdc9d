"""Who may release or erase: owners. Everybody else is refused, and that is written down."""

import pytest
from django.contrib.auth import get_user
from django.test import Client

from contact.models import AuditEntry, Inquiry
from contact.records.urls import urlpatterns

from .conftest import ASKED, address, erase, search

# Every address, with the methods that it answers.
VIEWS = [
    ("get", "export"),
    ("post", "export"),
    ("get", "person"),
    ("post", "person"),
    ("post", "person_export"),
    ("post", "person_erase"),
    ("get", "receipt"),
]


def path_of(name: str) -> str:
    return address(name, 1) if name == "receipt" else address(name)


@pytest.fixture
def data(inquiry, owner):
    """What a post has to hold to work. The token is the owner's."""
    _html, token = search(owner)
    return ASKED | {"contact": "ada@example.org", "token": token, "asked": "y", "confirmed": "on"}


@pytest.fixture(params=["triager", "editor", "reviewer"])
def colleague(request):
    """Staff who answer for nobody's records."""
    return request.getfixturevalue(request.param)


def test_there_are_no_other_addresses_than_those_tested_here():
    assert {pattern.name for pattern in urlpatterns} == {name for _method, name in VIEWS}


@pytest.mark.parametrize(("method", "name"), VIEWS)
def test_a_visitor_is_sent_to_sign_in(inquiry, method, name):
    response = getattr(Client(), method)(path_of(name), ASKED)
    assert response.status_code == 302
    assert response["Location"].startswith("/admin/login/")


@pytest.mark.parametrize(("method", "name"), VIEWS)
def test_staff_without_permission_are_refused_and_that_is_written_down(
    data, colleague, method, name
):
    before = AuditEntry.objects.count()
    response = getattr(colleague, method)(path_of(name), data)
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    entry = AuditEntry.objects.get(sequence=before + 1)
    assert (entry.action, entry.actor) == ("denied", get_user(colleague).get_username())
    assert entry.detail == {"path": path_of(name), "method": method.upper()}
    assert Inquiry.objects.exists()


@pytest.mark.parametrize(("method", "name"), VIEWS[:-1])
def test_an_owner_gets_in_and_nothing_is_kept_by_the_browser(data, owner, method, name):
    response = getattr(owner, method)(path_of(name), data)
    assert response.status_code == (302 if name == "person_erase" else 200)
    assert "no-store" in response["Cache-Control"]
    assert not AuditEntry.objects.filter(action="denied").exists()


def test_an_owner_reads_a_receipt(data, owner):
    receipt = owner.get(erase(owner, data["token"])["Location"])
    assert receipt.status_code == 200
    assert "no-store" in receipt["Cache-Control"]


@pytest.mark.parametrize("name", ["person_export", "person_erase"])
def test_what_releases_or_erases_comes_by_post_only(data, owner, name):
    assert owner.get(path_of(name), data).status_code == 405


@pytest.mark.parametrize("name", ["export", "person", "person_export", "person_erase"])
def test_a_form_of_another_site_does_nothing(data, owner, name):
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = owner.cookies
    assert strict.post(path_of(name), data).status_code == 403
    assert not AuditEntry.objects.exclude(action="searched").exists()


def test_the_menu_leads_there_for_those_who_may(owner, triager):
    for name in ("export", "person"):
        assert path_of(name) in owner.get("/admin/").text
        assert path_of(name) not in triager.get("/admin/").text
