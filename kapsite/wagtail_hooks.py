"""Who may sign in, and as what, is written into the audit trail."""

from typing import Any

from django.http import HttpRequest
from wagtail import hooks

from contact import audit
from contact.models import Action

from .models import User


def _write_down(request: HttpRequest, user: User, change: str) -> None:
    """An entry that says what the account can do from now on."""
    audit.record(
        Action.CHANGED,
        actor=request.user,
        account=user.email,
        account_is=change,
        groups=sorted(user.groups.values_list("name", flat=True)) if user.pk else [],
        active=user.is_active,
        superuser=user.is_superuser,
    )


@hooks.register("after_create_user")
def account_was_made(request: HttpRequest, user: User) -> None:
    _write_down(request, user, "made")


@hooks.register("after_edit_user")
def account_was_changed(request: HttpRequest, user: User) -> None:
    _write_down(request, user, "changed")


@hooks.register("after_delete_user")
def account_was_removed(request: HttpRequest, user: User) -> None:
    _write_down(request, user, "removed")


@hooks.register("after_bulk_action")
def accounts_were_changed_together(
    request: HttpRequest, action: str, changed: list[Any], view: Any
) -> None:
    if view.model is User:
        for user in changed:  # As they were before: what they are now is in the database.
            _write_down(request, User.objects.filter(pk=user.pk).first() or user, action)
