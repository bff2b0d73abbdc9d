"""Rules of the house that no type can say, as Django system checks: `manage.py check` asks them.

Errors (E) are mistakes in the code and stop every command. Warnings (W) are mistakes in the
settings of a public site; `check --deploy` and `doctor` name them.
"""

import ipaddress
from collections.abc import Iterator
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import get_template

SHORTEST_TOKEN = 20  # Characters: whoever may try a few a second never guesses as many.
GATE = "kapsite.sign_in.gate.Gate"
KNOWS_WHO_IT_IS = "django.contrib.auth.middleware.AuthenticationMiddleware"
FIRST = ["kapsite.middleware.NumberRequests", "kapsite.headers.Headers"]


@register
def sealed_rows_know_their_key(**kwargs: Any) -> list[CheckMessage]:
    """E001: a sealed text is bound to its row, so the row has its key before it is saved."""
    from contact.fields import sealed_fields

    return [
        Error(
            f"{field.model._meta.label}.{field.name} is sealed in a row without a key of its own.",
            hint="Give the model a primary key with a default, such as UUIDField(default=uuid4).",
            obj=field,
            id="kapsite.E001",
        )
        for field in sealed_fields()
        if not field.model._meta.pk.has_default()
    ]


@register
def sealed_columns_have_no_index(**kwargs: Any) -> list[CheckMessage]:
    """E002: a token is never twice the same, so nothing can be found by it."""
    from contact.fields import sealed_fields

    return [
        Error(
            f"{field.model._meta.label}.{field.name} is sealed, and unique or in an index.",
            hint="Find rows by the blind index: see contact.models.blind.",
            obj=field,
            id="kapsite.E002",
        )
        for field in sealed_fields()
        if field.unique or getattr(field, "db_index", False) or field.name in _indexed(field.model)
    ]


def _indexed(model: Any) -> set[str]:
    """The columns that a model's rows are found or ordered by."""
    parts = [*model._meta.indexes, *model._meta.constraints]
    found = (name for part in parts for name in getattr(part, "fields", ()))
    return {str(name).lstrip("-") for name in (*model._meta.ordering, *found)}


@register
def every_notice_has_its_words(**kwargs: Any) -> list[CheckMessage]:
    """E003: a mail whose template is missing would be tried for days, and given up."""
    from contact.models import Notice

    kinds = [kind for kind in Notice.Kind if kind != Notice.Kind.REHEARSAL]  # That is no mail.
    names = [f"emails/{kind}{part}.txt" for kind in kinds for part in ("", "_subject")]
    return [
        Error(
            f"The mail template {name} is missing.",
            hint="Each kind of notice has a text and a subject in templates/emails/.",
            id="kapsite.E003",
        )
        for name in names
        if not _is_there(name)
    ]


def _is_there(name: str) -> bool:
    try:
        get_template(name)
    except TemplateDoesNotExist:
        return False
    return True


@register
def the_gate_stands_in_its_place(**kwargs: Any) -> list[CheckMessage]:
    """E004: the gate of the admin comes after who it is, and ids and headers before all else."""
    order = list(settings.MIDDLEWARE)
    knows, gate = (order.index(n) if n in order else -1 for n in (KNOWS_WHO_IT_IS, GATE))
    if order[:2] == FIRST and 0 <= knows < gate:
        return []
    return [
        Error(
            "MIDDLEWARE is out of order.",
            hint=f"{', '.join(FIRST)} come first, and {GATE} after {KNOWS_WHO_IT_IS}.",
            id="kapsite.E004",
        )
    ]


@register(deploy=True)
def settings_of_a_public_site(**kwargs: Any) -> list[CheckMessage]:
    """W001 to W005: what is allowed in the environment, and yet a mistake."""
    return [
        Warning(words, hint=hint, id=f"kapsite.W{number:03}") for number, words, hint in _mistakes()
    ]


def _mistakes() -> Iterator[tuple[int, str, str]]:
    if settings.IS_PUBLIC and not settings.TRUSTED_PROXIES:
        yield (
            1,
            "SITE_URL begins with https://, and TRUSTED_PROXIES is 0.",
            "The site speaks no TLS itself. Put nginx in front (docs/deploy.md), and count it in "
            "TRUSTED_PROXIES; until then each page leads to itself.",
        )
    for name, addresses in _addresses().items():
        if not all(map(_is_address, addresses)):
            yield 2, f"{name} holds what is no e-mail address.", "Write it as name@example.org."
    if settings.IS_PUBLIC and _sends_mail_in_clear():
        yield (
            3,
            "Mail leaves this machine in clear, and so may the password for it.",
            "Begin EMAIL_URL with smtp+tls:// or smtp+ssl://.",
        )
    if settings.METRICS_TOKEN and len(settings.METRICS_TOKEN) < SHORTEST_TOKEN:
        yield (
            4,
            f"METRICS_TOKEN is shorter than {SHORTEST_TOKEN} characters.",
            'Make one: python3 -c "import secrets; print(secrets.token_urlsafe(32))"',
        )
    if settings.BACKUP_RECIPIENTS and (words := _trouble_with_recipients()):
        yield 5, words, "`manage.py backup --new-key FILE` prints the line that belongs here."


def _addresses() -> dict[str, list[str]]:
    return {
        "DEFAULT_FROM_EMAIL": [settings.DEFAULT_FROM_EMAIL],
        "INQUIRY_NOTICE_EMAILS": settings.INQUIRY_NOTICE_EMAILS,
    }


def _is_address(text: str) -> bool:
    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        return False
    return True


def _sends_mail_in_clear() -> bool:
    if not settings.EMAIL_BACKEND.endswith("smtp.EmailBackend"):
        return False
    if settings.EMAIL_USE_TLS or settings.EMAIL_USE_SSL:
        return False
    try:
        return not ipaddress.ip_address(settings.EMAIL_HOST).is_loopback
    except ValueError:
        return bool(settings.EMAIL_HOST != "localhost")


def _trouble_with_recipients() -> str:
    """What is wrong with the keys of the backups. Their library is loaded only here."""
    from .backups.envelope import configured_recipients
    from .backups.trouble import BackupError

    try:
        configured_recipients()
    except BackupError as error:
        return str(error)
    return ""
