"""The forms with which staff sign in: Wagtail's and Django's own, in this site's words."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.admin.forms.auth import PasswordResetForm as WagtailPasswordResetForm

ADDRESS = {"spellcheck": "false", "autocapitalize": "none"}


class SignInForm(LoginForm):
    """E-mail address and password. What is wrong is not said: neither word may be guessed alone."""

    use_required_attribute = False
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
    remember = forms.BooleanField(
        label=_("Stay signed in on this device"),
        required=False,
        help_text=_("Leave this empty where others use the same device."),
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
