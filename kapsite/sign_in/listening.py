"""What happens to second steps, in the audit trail."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa import signals
from allauth.mfa.models import Authenticator
from django.db.models.signals import post_delete
from django.http import HttpRequest

from contact import audit
from contact.models import Action
from kapsite.models import User

from . import factors


def connect() -> None:
    """Listen from now on. Called once, when the app is ready."""
    signals.authenticator_added.connect(added)
    signals.authenticator_removed.connect(removed)
    signals.authenticator_reset.connect(reset)
    signals.authenticator_used.connect(used)
    post_delete.connect(deleted, sender=Authenticator)


def _write_down(user: User, authenticator: Authenticator, what: str) -> None:
    audit.record(
        Action.CHANGED,
        actor=user,
        account=user.email,
        second_step=what,
        kind=str(authenticator.type),
    )


def added(request: HttpRequest, user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """Setting it up was the proof: the session in which that was done goes on."""
    _write_down(user, authenticator, "added")
    record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)


def removed(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _write_down(user, authenticator, "removed")


def reset(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    _write_down(user, authenticator, "made anew")


def used(user: User, authenticator: Authenticator, **kwargs: Any) -> None:
    """A recovery code is rare enough, and telling enough, to be written down."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _write_down(user, authenticator, "used")


def deleted(instance: Authenticator, **kwargs: Any) -> None:
    factors.forget_seeds(instance)
