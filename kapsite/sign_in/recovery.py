"""Ways back in: ending all sessions of an account, and taking a lost second step away."""

import secrets

from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser, Group
from django.db import transaction
from django.db.models import F

from contact import audit, roles
from contact.models import Action
from kapsite.models import User

from .locks import account_key

Actor = AbstractBaseUser | AnonymousUser | None


@transaction.atomic
def end_sessions(user: User, actor: Actor) -> None:
    """Sign somebody out everywhere."""
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])
    audit.record(Action.CHANGED, actor=actor, account=user.email, sessions="ended")


@transaction.atomic
def take_second_step_away(user: User, actor: Actor) -> int:
    """Remove every second step of an account and end its sessions. Returns how many there were."""
    steps = list(Authenticator.objects.filter(user=user))
    for step in steps:
        step.delete()
    audit.record(
        Action.CHANGED,
        actor=actor,
        account=user.email,
        second_step="taken away",
        kinds=sorted({str(step.type) for step in steps}),
    )
    end_sessions(user, actor)
    return len(steps)


@transaction.atomic
def recover(user: User) -> str:
    """Make somebody an owner who can sign in again; returns the new password.

    For whoever has the machine and has lost everything else. The account becomes active and an
    owner's, its password new, its second step, its sessions and its lock are gone.
    """
    password = secrets.token_urlsafe(15)
    user.set_password(password)
    user.is_active = user.is_staff = user.is_superuser = True
    user.save()
    user.groups.add(Group.objects.get(name=roles.OWNER))
    audit.record(Action.CHANGED, account=user.email, account_is="recovered by command")
    take_second_step_away(user, None)
    AccessAttempt.objects.filter(username=account_key_of(user)).delete()
    return password


def account_key_of(user: User) -> str:
    """The hash under which failures with this account are counted."""
    return account_key(None, {"username": user.email})  # type: ignore[arg-type]
