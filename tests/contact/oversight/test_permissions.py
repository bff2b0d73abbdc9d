"""Who gets at which page of this room, by which method, from the list of its addresses."""

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse

from contact import roles
from contact.models import AuditEntry
from contact.oversight.urls import urlpatterns

from .conftest import given_up

OWNERS, INTAKE = {"owner"}, {"owner", "triager"}
# What each address is there for, and for whom.
ADDRESSES = {
    "inquiries": ("get", INTAKE),
    "audit": ("get", OWNERS),
    "audit_results": ("get", OWNERS),
    "audit_check": ("post", OWNERS),
    "notices": ("get", OWNERS),
    "send_all_again": ("post", OWNERS),
    "send_again": ("post", OWNERS),
}
STAFF = ["owner", "triager", "editor", "reviewer"]
METHODS = ["get", "post", "put", "patch", "delete"]
MENU = ["inquiries", "audit", "notices"]


def address(name: str) -> str:
    return reverse(f"oversight:{name}", args=[1] if name == "send_again" else [])


def test_there_are_no_other_addresses_than_those_tested_here():
    assert {pattern.name for pattern in urlpatterns} == set(ADDRESSES)


@pytest.mark.parametrize("name", ADDRESSES)
@pytest.mark.parametrize("method", METHODS)
def test_a_visitor_is_sent_to_sign_in(db, name, method):
    response = getattr(Client(), method)(address(name))
    assert response["Location"].startswith("/admin/login/")
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("role", STAFF)
@pytest.mark.parametrize("method", METHODS)
def test_staff_get_what_is_theirs_by_the_method_that_it_is_there_for(request, role, method):
    person = request.getfixturevalue(role)
    for name, (right_method, allowed) in ADDRESSES.items():
        response = getattr(person, method)(address(name))
        refusals = AuditEntry.objects.filter(detail__path=address(name))
        if role not in allowed:
            assert (response.status_code, response["Location"]) == (302, "/admin/")
            assert [entry.action for entry in refusals] == ["denied"]
        elif method != right_method:
            assert response.status_code == 405
        else:
            assert response.status_code == (200 if method == "get" else 302)
            assert "no-store" in response["Cache-Control"]
            assert not refusals


@pytest.mark.parametrize("role", STAFF)
def test_the_menu_offers_what_one_may_see(request, role):
    home = request.getfixturevalue(role).get("/admin/").text
    for name in MENU:
        assert (address(name) in home) is (role in ADDRESSES[name][1])


def test_who_may_only_look_at_notices_sends_nothing(owner, inquiry):
    group = Group.objects.get(name=roles.OWNER)
    group.permissions.remove(group.permissions.get(codename="change_notice"))
    given_up(inquiry, "a@practice.example")
    html = owner.get(address("notices")).text
    assert "Given up" in html
    assert "Send again" not in html
    assert owner.post(address("send_all_again"))["Location"] == "/admin/"
