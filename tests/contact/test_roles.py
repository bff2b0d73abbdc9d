"""Every address of this app in the admin, every role, every method: from the list of addresses."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from contact import audit, roles
from contact.models import Action, AuditEntry, Inquiry, Note, Notice, ReplyTemplate
from contact.triage.page import STEPS

from .test_access import view_classes

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
VIEW, ADD, CHANGE = "contact.view_inquiry", "contact.add_inquiry", "contact.change_inquiry"
TRAIL, EXPORT = "contact.view_auditentry", "contact.export_inquiry"
ERASE = "contact.delete_inquiry"
# What an address asks for, by its name. A new address fails a test until it stands here.
NEEDED = {
    "inquiry:index": VIEW,
    "inquiry:index_results": VIEW,
    "inquiry:search": VIEW,
    "inquiry:inspect": VIEW,
    "inquiry:enter": ADD,
    "inquiry:bulk": CHANGE,
    **{f"inquiry:{step}": CHANGE for step in STEPS},
    "inquiry:lift-hold": ERASE,
    "oversight:inquiries": VIEW,
    "oversight:audit": TRAIL,
    "oversight:audit_results": TRAIL,
    "oversight:audit_check": TRAIL,
    "oversight:notices": "contact.view_notice",
    "oversight:send_all_again": "contact.change_notice",
    "oversight:send_again": "contact.change_notice",
    "inquiry_records:export": EXPORT,
    "inquiry_records:person": ERASE,
    "inquiry_records:person_export": EXPORT,
    "inquiry_records:person_erase": ERASE,
    "inquiry_records:receipt": EXPORT,
}
ROLES = {
    "editor": roles.EDITOR,
    "reviewer": roles.REVIEWER,
    "triager": roles.INTAKE,
    "owner": roles.OWNER,
}
# Enough for every form to do what it is there for.
ANSWERS = {
    "action": "aside:yes",
    "status": "closed",
    "text": "A note.",
    "kind": "talked",
    "day": "2999-01-04",
    "reason": "A reason.",
    "name": "Ada",
    "contact_by": "email",
    "email": "a@example.org",
}
ADDRESSES = {
    name: taken.converters
    for name, taken, view_class in view_classes(get_resolver())
    if view_class.__module__.startswith("contact.")
}


def everything_stored() -> str:
    """Every row of this app that a request could change, apart from the trail."""
    models = (Inquiry, Note, Notice, ReplyTemplate)
    return str([list(model._base_manager.order_by("pk").values()) for model in models])


@pytest.fixture
def send(inquiry):
    """A function: what an address answers to a browser by a method."""
    notice = Notice.objects.create(inquiry=inquiry, recipient="a@example.org", dead=True)
    export = audit.record(Action.EXPORTED, format="csv", reason="report", count=0)
    keys = {"inquiry": inquiry.pk, "oversight": notice.pk, "inquiry_records": export.sequence}

    def answer(browser: Client, name: str, method: str):
        space = name.partition(":")[0]
        path = reverse(name, kwargs=dict.fromkeys(ADDRESSES[name], keys[space]))
        data = ANSWERS | {"chosen": str(inquiry.pk)} if method in {"get", "post"} else None
        return getattr(browser, method)(path, data)

    return answer


def test_every_address_says_what_it_asks_for():
    assert set(ADDRESSES) == set(NEEDED)


@pytest.mark.parametrize("name", sorted(ADDRESSES))
@pytest.mark.parametrize("who", ["visitor", "outsider"])
def test_who_may_not_use_the_admin_is_sent_to_sign_in(request, send, who, name):
    browser, before = request.getfixturevalue(who), everything_stored()
    for method in METHODS:
        assert send(browser, name, method)["Location"].startswith("/admin/login/")
    assert everything_stored() == before


@pytest.mark.parametrize("name", sorted(ADDRESSES))
@pytest.mark.parametrize("who", sorted(ROLES))
def test_a_role_can_do_what_it_may_and_nothing_else(request, send, who, name):
    browser, before = request.getfixturevalue(who), everything_stored()
    may = NEEDED[name] in roles.PERMISSIONS[ROLES[who]]
    for method in METHODS:
        refused = AuditEntry.objects.filter(action="denied")
        so_far = refused.count()
        response = send(browser, name, method)
        if may:
            assert response.status_code in {200, 302, 405}, method
            assert response.get("Location") != "/admin/", method
        else:
            assert (response.status_code, response["Location"]) == (302, "/admin/"), method
        assert refused.count() == so_far + (not may), method
    if not may:
        assert everything_stored() == before
