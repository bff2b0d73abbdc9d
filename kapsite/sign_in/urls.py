"""The addresses of signing in, all of them under `admin/` and so behind the gate."""

from allauth.account.views import reauthenticate
from django.urls import include, path
from wagtail.admin.views.account import PasswordResetConfirmView

from . import views
from .forms import NewPasswordForm

people = (
    [path("<int:pk>/", views.person_access, name="access")],
    "people",
)

urlpatterns = [
    # The same address as Wagtail's `wagtailadmin_login`, and before it.
    path("login/", views.SignIn.as_view(), name="account_login"),
    path("login/start-again/", views.start_again, name="account_logout"),
    path("logout/", views.sign_out, name="sign_out"),
    path("confirm/", reauthenticate, name="account_reauthenticate"),
    path("second-step/", include("allauth.mfa.urls")),
    path("session/", views.session_state, name="session_state"),
    path("session/end-others/", views.sign_out_everywhere, name="sign_out_everywhere"),
    path("people/", include(people)),
    # Wagtail's own view at its own address, with a form that speaks as the others do.
    path(
        "password_reset/confirm/<uidb64>/<token>/",
        PasswordResetConfirmView.as_view(form_class=NewPasswordForm),
        name="new_password",
    ),
]
