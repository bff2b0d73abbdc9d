"""The rules of the house: each is kept as the code stands, and named when it is broken."""

import uuid

import pytest
from django.core import checks
from django.db import models
from django.test.utils import isolate_apps

from contact.fields import SealedTextField
from kapsite import checks as rules
from kapsite.backups.envelope import make_identity


@pytest.fixture(autouse=True)
def own_address(settings):
    """The name of this test's host is no domain."""
    settings.DEFAULT_FROM_EMAIL = "website@example.org"


def ids(found: list[checks.CheckMessage]) -> list[str | None]:
    return [message.id for message in found]


def test_every_rule_is_kept_and_known_to_django(settings):
    settings.IS_PUBLIC, settings.TRUSTED_PROXIES = True, 1
    messages = checks.run_checks(include_deployment_checks=True)
    assert [m for m in messages if m.id.startswith("kapsite.")] == []
    known = checks.registry.registry.get_checks(include_deployment_checks=True)
    assert {
        rules.sealed_rows_know_their_key,
        rules.sealed_columns_have_no_index,
        rules.every_notice_has_its_words,
        rules.the_gate_stands_in_its_place,
        rules.settings_of_a_public_site,
    } <= set(known)


def sealed_field_of(monkeypatch, **meta):
    """Let the project's only sealed column be that of a model with these options."""
    options = type("Meta", (), {"app_label": "kapsite", **meta.pop("options", {})})
    text = SealedTextField(**meta.pop("field", {}))
    body = {"__module__": __name__, "text": text, "Meta": options}
    model = type("Sample", (models.Model,), body | meta)
    monkeypatch.setattr("contact.fields.sealed_fields", lambda: [model._meta.get_field("text")])


@isolate_apps("kapsite")
def test_a_sealed_row_needs_its_key_before_it_is_saved(monkeypatch):
    sealed_field_of(monkeypatch)
    assert ids(rules.sealed_rows_know_their_key()) == ["kapsite.E001"]


@isolate_apps("kapsite")
def test_a_sealed_row_with_a_key_by_default_is_right(monkeypatch):
    sealed_field_of(monkeypatch, id=models.UUIDField(primary_key=True, default=uuid.uuid4))
    assert rules.sealed_rows_know_their_key() == []
    assert rules.sealed_columns_have_no_index() == []


@isolate_apps("kapsite")
@pytest.mark.parametrize(
    "broken",
    [
        {"field": {"unique": True}},
        {"field": {"db_index": True}},
        {"options": {"ordering": ["-text"]}},
        {"options": {"indexes": [models.Index(fields=["-text"], name="by_text")]}},
        {"options": {"constraints": [models.UniqueConstraint(fields=["text"], name="once")]}},
    ],
)
def test_a_sealed_column_is_neither_unique_nor_in_an_index(monkeypatch, broken):
    sealed_field_of(monkeypatch, **broken)
    assert ids(rules.sealed_columns_have_no_index()) == ["kapsite.E002"]


def test_a_notice_without_its_template_is_named(monkeypatch, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": []}]
    found = rules.every_notice_has_its_words()
    assert set(ids(found)) == {"kapsite.E003"}
    assert len(found) == 4


@pytest.mark.parametrize(
    "order", [rules.FIRST[:1], [rules.GATE, rules.KNOWS_WHO_IT_IS], [rules.KNOWS_WHO_IT_IS]]
)
def test_a_gate_in_the_wrong_place_is_named(settings, order):
    settings.MIDDLEWARE = [*rules.FIRST, *order] if len(order) > 1 else order
    assert ids(rules.the_gate_stands_in_its_place()) == ["kapsite.E004"]


def mistakes() -> list[str | None]:
    return ids(rules.settings_of_a_public_site())


def test_a_public_site_without_a_proxy_is_named(settings):
    settings.IS_PUBLIC, settings.TRUSTED_PROXIES = True, 0
    assert mistakes() == ["kapsite.W001"]
    settings.TRUSTED_PROXIES = 1
    assert mistakes() == []


@pytest.mark.parametrize("address", ["intake", "a@b@c", "Intake <intake>", ""])
def test_what_is_no_address_is_named(settings, address):
    settings.INQUIRY_NOTICE_EMAILS = ["Intake <intake@example.org>", "intake@example.org"]
    assert mistakes() == []
    settings.INQUIRY_NOTICE_EMAILS.append(address)
    assert mistakes() == ["kapsite.W002"]


@pytest.mark.parametrize(
    ("host", "tls", "found"),
    [
        ("mail.example.org", False, ["kapsite.W003"]),
        ("192.0.2.1", False, ["kapsite.W003"]),
        ("mail.example.org", True, []),
        ("127.0.0.1", False, []),
        ("localhost", False, []),
    ],
)
def test_mail_in_clear_is_named_where_it_leaves_the_machine(settings, host, tls, found):
    settings.IS_PUBLIC, settings.TRUSTED_PROXIES = True, 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = host, tls, False
    assert mistakes() == found


def test_a_token_that_can_be_guessed_is_named(settings):
    settings.METRICS_TOKEN = "metrics"
    assert mistakes() == ["kapsite.W004"]
    settings.METRICS_TOKEN = "a token of thirty characters or so"
    assert mistakes() == []


def test_a_key_for_backups_that_is_none_is_named(settings, tmp_path):
    settings.BACKUP_RECIPIENTS = ["age1notakey"]
    assert mistakes() == ["kapsite.W005"]
    settings.BACKUP_RECIPIENTS = [make_identity(tmp_path / "key")]
    assert mistakes() == []
