"""What the whole admin has of this site: its look, and an entry for every change of an account."""

import json
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button

from contact import audit
from contact.models import Action

from .models import User
from .sign_in.idle import IDLE_SECONDS

# They speak of Wagtail's versions and lead to its maker's site; staff here have our own words.
NOT_IN_HELP = ("whats-new-in-wagtail", "editor-guide")


@hooks.register("insert_global_admin_css")
def dress_in_sage_and_ink() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("css/admin/brand.css"))


@hooks.register("insert_global_admin_js")
def start_widgets_from_a_file() -> SafeString:
    return format_html('<script src="{}"></script>', static("js/admin/start.js"))


@hooks.register("insert_global_admin_js")
def warn_before_the_session_ends() -> SafeString:
    words = {
        "soon": _("Nothing was done for a while. You will be signed out in less than two minutes."),
        "over": _(
            "You are signed out. What you typed is still here: sign in again in a new tab, "
            "then come back to this one and go on."
        ),
        "stay": _("Stay signed in"),
        "again": _("Sign in again"),
    }
    return format_html(
        '<script src="{}" data-state="{}" data-login="{}" data-seconds="{}" data-words="{}">'
        "</script>",
        static("js/admin/idle.js"),
        reverse("session_state"),
        reverse("wagtailadmin_login"),
        IDLE_SECONDS,
        json.dumps(words),
    )


@hooks.register("register_account_menu_item")
def lead_to_the_second_step(request: HttpRequest) -> dict[str, str]:
    return {
        "url": reverse("mfa_index"),
        "label": _("Second step and sessions"),
        "help_text": _("Set up an authenticator app or a passkey, or sign out everywhere else."),
    }


@hooks.register("register_user_listing_buttons")
def lead_to_how_somebody_signs_in(user: User, request_user: User) -> Iterator[Button]:
    if request_user.has_perm("kapsite.change_user"):
        yield Button(
            _("Sign-in"), reverse("people:access", args=[user.pk]), icon_name="key", priority=50
        )


@hooks.register("construct_help_menu")
def leave_out_what_advertises(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    menu_items[:] = [item for item in menu_items if not item.name.startswith(NOT_IN_HELP)]


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
