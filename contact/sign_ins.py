"""Writing down who signs in and out, and whose account somebody failed to sign in to."""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from . import audit
from .models import Action


def connect() -> None:
    """Listen for sign-ins from now on. Called once, when the app is ready."""
    user_logged_in.connect(signed_in)
    user_logged_out.connect(signed_out)
    user_login_failed.connect(refused)


def signed_in(user: AbstractBaseUser, **kwargs: Any) -> None:
    """Nobody gets in unrecorded: an error here ends the sign-in."""
    audit.record(Action.SIGNED_IN, actor=user)


def signed_out(user: AbstractBaseUser | None, **kwargs: Any) -> None:
    """A session that had ended already belongs to nobody, and is no event."""
    if user:
        audit.record(Action.SIGNED_OUT, actor=user)


def refused(credentials: dict[str, Any], **kwargs: Any) -> None:
    """One entry for one attempt, with the account that was meant, if there is one.

    What was typed is never written down: people type passwords into the wrong field.
    """
    audit.record(Action.SIGN_IN_REFUSED, actor=_meant(credentials))


def _meant(credentials: dict[str, Any]) -> AbstractBaseUser | None:
    """The account with the address that somebody tried to sign in with."""
    accounts = get_user_model()
    typed = credentials.get("username") or credentials.get(accounts.USERNAME_FIELD)
    try:
        return accounts.objects.get_by_natural_key(typed)
    except accounts.DoesNotExist:
        return None
