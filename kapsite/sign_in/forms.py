"""The forms with which staff sign in: Wagtail's, allauth's and Django's, in this site's words."""

from typing import Any

from allauth.account.forms import ReauthenticateForm as AllauthReauthenticateForm
from allauth.core import context
from allauth.mfa.base import forms as second_step
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

from contact.sealing import SealingError

from . import factors, locks

ADDRESS = {"spellcheck": "false", "autocapitalize": "none"}


class SignInForm(LoginForm):
    """E-mail address and password. What is wrong is not said: neither word may be guessed alone."""

    use_required_attribute = False
    remember = None  # A session ends by its own rules.
    error_messages = {
        **LoginForm.error_messages,
        "invalid_login": _(
            "No account has this e-mail address and this password. Check both and try again."
        ),
    }

    username = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", **ADDRESS}),
        error_messages={"required": _("Enter your e-mail address")},
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].label = _("E-mail address")
        # The label says what to type, and the page begins with its heading, not in its middle.
        for name in ("placeholder", "autofocus"):
            self.fields["username"].widget.attrs.pop(name, None)


class PasswordResetForm(WagtailPasswordResetForm):
    """Where to send the link with which somebody chooses a new password."""

    use_required_attribute = False

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "username", **ADDRESS}),
        error_messages={
            "required": _("Enter your e-mail address"),
            "invalid": _("Enter an e-mail address like name@example.com"),
        },
    )


class NewPasswordForm(SetPasswordForm):
    """The new password, twice."""

    use_required_attribute = False
    error_messages = {"password_mismatch": _("Enter the same password in both fields")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, second = self.fields["new_password1"], self.fields["new_password2"]
        first.label, second.label = _("New password"), _("The same password again")
        first.help_text = _("Twelve characters or more, such as a few words that belong together.")
        first.error_messages["required"] = _("Enter a new password")
        second.error_messages["required"] = _("Enter the new password again")
        for field in (first, second):
            field.widget.attrs.pop("autofocus", None)


class PasswordAgainForm(AllauthReauthenticateForm):
    """The password of whoever is signed in, once more."""

    use_required_attribute = False

    password = forms.CharField(
        label=_("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": _("Enter your password")},
    )


def code_field(label: Any, help_text: Any = "") -> forms.CharField:
    """A field for a code that an app shows or that stands on a list of recovery codes."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=20,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", **ADDRESS}
        ),
        error_messages={"required": _("Enter the code")},
    )


class CountedCode:
    """A code that counts against the lock when it is wrong, and only once when it is right."""

    user: Any
    authenticator: Authenticator

    def clean_code(self) -> str:
        request = context.request
        username = self.user.get_username()
        if locks.is_closed(request, username):
            raise forms.ValidationError(_("Too many attempts. Wait a quarter of an hour."))
        try:
            code = super().clean_code()  # type: ignore[misc]
            if self.authenticator.type == Authenticator.Type.TOTP:
                factors.spend(self.authenticator, code)
        except SealingError as error:
            raise forms.ValidationError(
                _("This site lacks the key for your second step. Tell whoever runs the site.")
            ) from error
        except forms.ValidationError:
            locks.count_failure(request, username)
            raise
        return code


CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")


class SecondStepForm(CountedCode, second_step.AuthenticateForm):
    """The code after the password."""

    use_required_attribute = False
    code = code_field(_("Code"), CODE_HELP)


class SecondStepAgainForm(CountedCode, second_step.ReauthenticateForm):
    """The code of whoever is signed in, once more."""

    use_required_attribute = False
    code = code_field(_("Code"), CODE_HELP)


class AppForm(ActivateTOTPForm):
    """The first code of an authenticator app, to show that it has the secret."""

    use_required_attribute = False
    code = code_field(_("Code"), _("Six digits that the app shows now."))
