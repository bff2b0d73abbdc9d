"""The one gate in front of the admin: a password alone opens nothing that a second step protects.

Whoever has set up a second step and has not taken it in this session, and whoever still has to
set one up on a public site, is nobody to the rest of the code: `request.user` is anonymous, for
pages, documents and previews as well as for the admin.
"""

from collections.abc import Callable
from enum import Enum, auto
from functools import partial
from typing import Any

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from . import devices, idle

ADMIN = "admin/"
STRONG = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
# What whoever still has to set up a second step may use, besides signing out.
ENROLMENT = {
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_view_recovery_codes",
    "mfa_download_recovery_codes",
    "account_reauthenticate",
    "sign_out",
}


Known = AbstractBaseUser | AnonymousUser


class Standing(Enum):
    """How far somebody has come with signing in."""

    NOBODY = auto()
    IDLE = auto()  # Was in, and has not been seen for too long.
    UNPROVEN = auto()  # Has a second step and has not taken it in this session.
    UNPROTECTED = auto()  # Has none, and this site wants one.
    ADMITTED = auto()


def has_proved(request: HttpRequest, user: AbstractBaseUser) -> bool:
    """Whether the second step was taken in this session."""
    return any(proof["method"] == "mfa" for proof in get_authentication_records(request, user))


def standing_of(request: HttpRequest, user: Known) -> Standing:
    """How far the person of this session has come."""
    if not isinstance(user, AbstractBaseUser) or not user.is_authenticated:
        return Standing.NOBODY
    if idle.is_over(request):
        return Standing.IDLE
    if has_proved(request, user):
        return Standing.ADMITTED
    if is_mfa_enabled(user, STRONG):
        return Standing.UNPROVEN
    return Standing.UNPROTECTED if settings.SECOND_STEP_REQUIRED else Standing.ADMITTED


def _admitted(request: HttpRequest, known: Known) -> Known:
    """Who the rest of the code may take this person for."""
    return known if standing_of(request, known) is Standing.ADMITTED else AnonymousUser()


class Gate:
    """Stands behind Django's own middleware that reads the session, and before every view."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        known = request.user
        request.at_the_gate = known  # type: ignore[attr-defined]
        request.user = SimpleLazyObject(partial(_admitted, request, known))  # type: ignore[assignment]
        return devices.remember(request, self.get_response(request))

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponse | None:
        """Let through, send on, or send out. Looks at the session for the admin only."""
        match = request.resolver_match
        if match is None or not match.route.startswith(ADMIN):
            return None
        known: AbstractBaseUser = request.at_the_gate  # type: ignore[attr-defined]
        standing = standing_of(request, known)
        if standing is Standing.ADMITTED:
            request.user = known  # type: ignore[assignment]
            idle.note(request, match.view_name)
        elif standing is Standing.UNPROTECTED:
            return _to_enrolment(request, known, match.view_name)
        elif standing is not Standing.NOBODY:
            return _out(request, standing)
        return None


def _to_enrolment(
    request: HttpRequest, known: AbstractBaseUser, view_name: str
) -> HttpResponse | None:
    """Let somebody set up the second step and do nothing else."""
    if view_name not in ENROLMENT:
        return redirect("mfa_index")
    idle.note(request, view_name)
    request.user = known  # type: ignore[assignment]
    return None


def _out(request: HttpRequest, standing: Standing) -> HttpResponse:
    """End the session and begin again, on the way to where they wanted to go."""
    request.user = request.at_the_gate  # type: ignore[attr-defined]
    logout(request)
    if standing is Standing.IDLE:
        messages.info(request, _("You were signed out, since nothing was done for a while."))
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return redirect("wagtailadmin_login")
