"""The pages of signing in that are not django-allauth's, and those about one's own sessions."""

from typing import Any, cast

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required, permission_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.views.account import LoginView, LogoutView

from kapsite.models import User

from . import idle, recovery
from .forms import SignInForm


class SignIn(LoginView):
    """The first step: e-mail address and password. The second one, if there is one, follows."""

    def form_valid(self, form: SignInForm) -> HttpResponse:
        user = form.get_user()
        login = Login(user=user, redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"email": user.email}, login)


# Wagtail's view answers a GET with 405 and takes the session's cookie away all the same: a link
# on any other site would sign people out.
sign_out = require_POST(LogoutView.as_view())


@require_POST
def start_again(request: HttpRequest) -> HttpResponseBase:
    """Leave the second step and go back to the first."""
    clear_login(request)
    return redirect("wagtailadmin_login")


@require_http_methods(["GET", "POST"])
@never_cache
def session_state(request: HttpRequest) -> JsonResponse:
    """For a page that is open: whether its session goes on, for how long, and its form token.

    A GET asks; a POST says that somebody is there, which the gate has noted.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"signed_in": False, "seconds_left": 0})
    return JsonResponse(
        {
            "signed_in": True,
            "seconds_left": int(idle.seconds_left(request)),
            "token": get_token(request),
        }
    )


@require_POST
@login_required
def sign_out_everywhere(request: HttpRequest) -> HttpResponse:
    """End every session of one's own account but this one."""
    user = cast(User, request.user)
    recovery.end_sessions(user, user)
    update_session_auth_hash(request, user)
    messages.success(request, _("You are signed out on every other device."))
    return redirect("mfa_index")


@require_http_methods(["GET", "HEAD", "POST"])
@permission_required("kapsite.change_user", raise_exception=True)
def person_access(request: HttpRequest, pk: int) -> HttpResponse:
    """An owner ends a colleague's sessions, or takes a lost second step away."""
    person = get_object_or_404(User, pk=pk)
    if person.is_superuser and not request.user.is_superuser:
        raise PermissionDenied
    if request.method == "POST":
        return _change_access(request, person)
    kinds: list[Any] = list(Authenticator.objects.filter(user=person).order_by("type"))
    return render(request, "staff/person_access.html", {"person": person, "steps": kinds})


def _change_access(request: HttpRequest, person: User) -> HttpResponse:
    if request.POST.get("action") == "take-away":
        recovery.take_second_step_away(person, request.user)
        messages.success(request, _("The second step was removed, and all sessions have ended."))
    else:
        recovery.end_sessions(person, request.user)
        messages.success(request, _("All sessions of this account have ended."))
    return redirect("people:access", person.pk)
