"""Ways back in: an owner helps a colleague, and the machine helps an owner."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from contact.models import AuditEntry
from kapsite.models import SecondStepSeed, User

from .conftest import PASSWORD, code_of, first_step, is_in, second_step


@pytest.fixture
def inside(account, app, visitor) -> Client:
    first_step(visitor, account.email)
    second_step(visitor, code_of())
    return visitor


def access(person: User) -> str:
    return reverse("people:access", args=[person.pk])


def test_owner_takes_a_lost_second_step_away(owner, django_user_model):
    colleague = User.objects.create_user("col@example.org", PASSWORD)
    Authenticator.objects.create(user=colleague, type="webauthn", data={"name": "Key"})
    assert b"WebAuthn" in owner.get(access(colleague)).content
    owner.post(access(colleague), {"action": "take-away"})
    assert not Authenticator.objects.exists()
    entry = AuditEntry.objects.filter(action="changed").order_by("pk")[0]
    assert entry.detail == {
        "account": "col@example.org",
        "second_step": "taken away",
        "kinds": ["webauthn"],
    }
    assert entry.actor == "owner@example.org"


def test_owner_ends_the_sessions_of_a_colleague(owner, inside, account):
    account.is_superuser = False
    account.save()
    assert owner.post(access(account), {"action": "end-sessions"}).status_code == 302
    assert not is_in(inside)
    assert Authenticator.objects.count() == 2


def test_owner_without_every_right_cannot_touch_somebody_who_has_it(owner, account, app):
    for answer in (
        owner.get(access(account)),
        owner.post(access(account), {"action": "take-away"}),
    ):
        assert answer.status_code in (302, 403)
    assert Authenticator.objects.count() == 2


@pytest.mark.parametrize("role", ["editor", "reviewer", "triager", "outsider", "visitor"])
def test_nobody_else_gets_there(role, request, account, app):
    browser = request.getfixturevalue(role)
    for method in ("get", "post", "head", "put", "delete"):
        assert getattr(browser, method)(access(account)).status_code in (302, 403, 405)
    assert Authenticator.objects.count() == 2


def test_command_gives_an_owner_everything_back(inside, account):
    account.groups.clear()
    User.objects.filter(pk=account.pk).update(is_active=False, is_superuser=False)
    for number in range(settings.AXES_FAILURE_LIMIT):
        first_step(Client(), account.email, f"guess {number}")
    out = io.StringIO()
    call_command("recover_owner", "ANN@example.org", stdout=out)
    password = out.getvalue().split()[2]
    assert not is_in(inside)
    browser = Client()
    first_step(browser, account.email, password)
    assert is_in(browser)
    assert not Authenticator.objects.exists()
    assert not SecondStepSeed.objects.exists()
    details = [entry.detail for entry in AuditEntry.objects.filter(action="changed")]
    assert {"account": account.email, "account_is": "recovered by command"} in details
    assert password not in str(list(AuditEntry.objects.values()))


def test_command_says_when_there_is_no_such_account(db):
    with pytest.raises(CommandError, match="No account"):
        call_command("recover_owner", "nobody@example.org")
