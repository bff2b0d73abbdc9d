"""Changes of accounts are in the audit trail, with what each can do from then on."""

import pytest
from django.contrib.auth import get_user
from django.contrib.auth.models import Group
from django.urls import reverse

from contact.models import AuditEntry
from kapsite import staff
from kapsite.models import User

ANSWERS = {
    "email": "new@example.org",
    "first_name": "Nora",
    "last_name": "New",
    "password1": "a long phrase for it",
    "password2": "a long phrase for it",
    "is_active": "on",
}


@pytest.fixture
def colleague(db) -> User:
    return User.objects.create_user("col@example.org", first_name="Col", last_name="League")


def said() -> list[tuple[str, str, list[str], bool]]:
    """Whose account it was, what happened to it, its groups, and whether it can sign in."""
    details = AuditEntry.objects.filter(action="changed").values_list("detail", flat=True)
    return [(d["account"], d["account_is"], d["groups"], d["active"]) for d in details]


def test_a_new_account_is_written_down(owner):
    group = Group.objects.get(name=staff.INTAKE)
    owner.post(reverse("wagtailusers_users:add"), ANSWERS | {"groups": [group.pk]})
    assert said() == [("new@example.org", "made", [staff.INTAKE], True)]
    assert AuditEntry.objects.get(action="changed").actor == get_user(owner).email


def test_a_promotion_is_written_down(owner, colleague):
    group = Group.objects.get(name=staff.OWNER)
    answers = ANSWERS | {"email": colleague.email, "groups": [group.pk]}
    owner.post(reverse("wagtailusers_users:edit", args=[colleague.pk]), answers)
    assert said() == [(colleague.email, "changed", [staff.OWNER], True)]


def test_a_removal_is_written_down(owner, colleague):
    owner.post(reverse("wagtailusers_users:delete", args=[colleague.pk]))
    assert not User.objects.filter(pk=colleague.pk).exists()
    assert said() == [("col@example.org", "removed", [], True)]


def test_what_happens_to_several_at_once_is_written_down_for_each(owner, colleague):
    address = reverse("wagtail_bulk_action", args=["kapsite", "user", "set_active_state"])
    owner.post(f"{address}?id={colleague.pk}", {"mark_as_active": "False"})
    assert said() == [(colleague.email, "set_active_state", [], False)]


def test_nobody_changes_the_address_that_the_trail_knows_them_by(triager):
    before = get_user(triager).email
    account = reverse("wagtailadmin_account")
    assert "name_email-email" not in triager.get(account).text
    triager.post(account, {"name_email-email": "ghost@example.org", "name_email-first_name": "I"})
    assert get_user(triager).email == before
