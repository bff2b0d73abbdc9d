"""The step after the password: what it takes, what it leaves behind, and who may set one up."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.urls import reverse

from contact.models import AuditEntry
from contact.rotation import sealed_models
from kapsite.models import SecondStepSeed, User

from .conftest import PASSWORD, SECRET, code_of, first_step, is_in, second_step


def said(key: str) -> list[str]:
    return [entry.detail[key] for entry in AuditEntry.objects.order_by("pk") if key in entry.detail]


def test_password_and_code_open_the_admin(account, app, visitor):
    assert first_step(visitor, account.email)["Location"] == reverse("mfa_authenticate")
    assert not is_in(visitor)
    assert second_step(visitor, code_of())["Location"] == "/admin/"
    assert is_in(visitor)


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "1" * 300, "\x00"])
def test_wrong_code_opens_nothing_and_is_written_down(account, app, visitor, code):
    first_step(visitor, account.email)
    page = second_step(visitor, code)
    assert page.status_code in (200, 400)
    assert not is_in(visitor)


def test_wrong_code_is_a_refused_sign_in(account, app, visitor):
    first_step(visitor, account.email)
    second_step(visitor, "000000")
    assert list(AuditEntry.objects.values_list("action", "actor")) == [
        ("sign_in_refused", account.email)
    ]


def test_code_works_once_in_any_process(account, app, visitor):
    from django.core.cache import cache

    code = code_of()
    first_step(visitor, account.email)
    second_step(visitor, code)
    cache.clear()  # What allauth remembers is in the memory of one process.
    other = Client()
    first_step(other, account.email)
    assert "has been used" in second_step(other, code).content.decode()
    assert not is_in(other)


def test_earlier_code_is_no_good_after_a_later_one(account, app, visitor):
    first_step(visitor, account.email)
    second_step(visitor, code_of(steps_from_now=1))
    other = Client()
    first_step(other, account.email)
    second_step(other, code_of())
    assert not is_in(other)


def test_recovery_code_works_once_and_is_written_down(account, app, visitor):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    first_step(visitor, account.email)
    second_step(visitor, codes[0])
    assert is_in(visitor)
    assert said("second_step") == ["used"]
    other = Client()
    first_step(other, account.email)
    second_step(other, codes[0])
    assert not is_in(other)


def test_secrets_are_sealed_in_the_database(account, app):
    with connection.cursor() as cursor:
        cursor.execute("SELECT data FROM mfa_authenticator")
        stored = str(cursor.fetchall())
        cursor.execute("SELECT seed FROM kapsite_secondstepseed")
        seeds = [seed for (seed,) in cursor.fetchall()]
    assert SECRET not in stored
    assert len(seeds) == 2
    assert all(seed.startswith("sealed1.") for seed in seeds)


def test_seeds_are_rotated_with_everything_else():
    assert SecondStepSeed in sealed_models()


def test_seed_goes_with_its_authenticator(account, app):
    Authenticator.objects.get(pk=app.pk).delete()
    assert SecondStepSeed.objects.count() == 1
    account.delete()
    assert not SecondStepSeed.objects.exists()


def test_seed_that_does_not_open_is_explained(account, app, visitor):
    """As when the key that sealed it is gone."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE kapsite_secondstepseed SET seed = 'sealed1.00000000.AAAA'")
    first_step(visitor, account.email)
    assert b"lacks the key" in second_step(visitor, code_of()).content
    assert not is_in(visitor)


def offered_secret(browser: Client) -> str:
    """What the page for setting up an app shows."""
    page = browser.get(reverse("mfa_activate_totp")).content.decode()
    return re.findall(r"<code>(\w+)</code>", page)[0]


def set_up_app(browser: Client):
    """Set up an app as a person does; returns the last answer."""
    code = code_of(offered_secret(browser))
    return browser.post(reverse("mfa_activate_totp"), {"code": code})


@pytest.mark.django_db(transaction=True)
def test_setting_up_an_app_leads_to_the_recovery_codes_and_lets_in(visitor, settings):
    """With real commits: allauth tells of a new second step after its own."""
    settings.SECOND_STEP_REQUIRED = True
    account = User.objects.create_superuser("ann@example.org", PASSWORD)
    first_step(visitor, account.email)
    assert visitor.get("/admin/account/")["Location"] == reverse("mfa_index")
    assert set_up_app(visitor)["Location"] == reverse("mfa_view_recovery_codes")
    page = visitor.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert len(re.findall(r"<code>\d{8}</code>", page)) == 10
    assert visitor.get("/admin/account/").status_code == 200
    assert said("second_step") == ["added", "added"]


def test_secret_that_waits_to_be_confirmed_is_sealed_too(account, visitor):
    first_step(visitor, account.email)
    secret = offered_secret(visitor)
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_data FROM django_session")
        [(stored,)] = cursor.fetchall()
    assert visitor.session["mfa.totp.secret"] == secret
    assert stored.startswith("sealed1.")


# SecureDrop's audit of 2024 found a second factor that could be enrolled for somebody else.


def test_nobody_sets_up_a_second_step_with_a_password_alone(account, app, visitor):
    first_step(visitor, account.email)
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"):
        for answer in (visitor.get(reverse(name)), visitor.post(reverse(name), {"code": "1"})):
            assert answer.status_code == 302
            assert "/admin/login/" in answer["Location"]
    assert Authenticator.objects.count() == 2


def test_nobody_sets_up_a_second_step_for_somebody_else(account, visitor):
    other = User.objects.create_superuser("ben@example.org", PASSWORD)
    first_step(visitor, account.email)
    code = code_of(offered_secret(visitor))
    sent = {"code": code, "user": other.pk, "user_id": other.pk, "email": other.email}
    visitor.post(f"{reverse('mfa_activate_totp')}?user={other.pk}", sent)
    assert set(Authenticator.objects.values_list("user", flat=True)) == {account.pk}


def test_secret_of_one_person_is_not_set_up_by_the_next(account, visitor):
    """Two people, one browser: what waits in the session of the first goes with it."""
    other = User.objects.create_superuser("ben@example.org", PASSWORD)
    first_step(visitor, account.email)
    secret = offered_secret(visitor)
    visitor.post(reverse("wagtailadmin_logout"))
    first_step(visitor, other.email)
    visitor.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert not Authenticator.objects.exists()


def test_passkey_of_somebody_else_cannot_be_removed_or_renamed(account, visitor):
    other = User.objects.create_superuser("ben@example.org", PASSWORD)
    key = Authenticator.objects.create(
        user=other, type="webauthn", data={"name": "Ben's", "credential": {}}
    )
    first_step(visitor, account.email)
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert visitor.post(reverse(name, args=[key.pk]), {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Ben's"
