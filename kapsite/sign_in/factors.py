"""The second step of signing in, as django-allauth asks us for it: words, addresses, sealed seeds.

What allauth would keep in clear (the secret of an authenticator app, the seed of recovery codes)
becomes a row with a sealed column, and allauth keeps the id of that row. So rotation, the check
for missing keys and the binding of a token to its row hold for these secrets too.
"""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_login_redirect_url
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.contrib.auth import authenticate
from django.contrib.auth import login as django_login
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from contact.sender import client_address
from kapsite.models import SecondStepSeed, User
from pages.models import PracticeSettings

from . import freshness

BACKEND = "django.contrib.auth.backends.ModelBackend"


class AccountAdapter(DefaultAccountAdapter):
    """How somebody is signed in: by Django's own session, without allauth's mails and messages."""

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        django_login(request, cast(User, user), backend=BACKEND)

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **kwargs: Any
    ) -> HttpResponse:
        return HttpResponseRedirect(get_login_redirect_url(request, kwargs.get("redirect_url")))

    def reauthenticate(self, user: AbstractBaseUser, password: str) -> bool:
        """Whether this is the password. A wrong one counts as a failed sign-in."""
        found = authenticate(context.request, username=user.get_username(), password=password)
        return found is not None and found.pk == user.pk

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        return not freshness.is_fresh(context.request)

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 - no address that we listen at


class SecondStepAdapter(DefaultMFAAdapter):
    """The practice's name in authenticator apps, and secrets that are sealed."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("This is not the right code. Type the one that is shown now."),
    }

    def get_totp_issuer(self) -> str:
        return PracticeSettings.of(context.request).name or "Practice website"

    def _get_site_name(self) -> str:
        return self.get_totp_issuer()

    def build_totp_svg(self, url: str) -> str:
        """The picture for the app, on a white ground: cameras read no other in a dark scheme."""
        # Only here is it drawn, and it would stay in the memory of each process of the site.
        import qrcode
        from qrcode.image.svg import SvgPathFillImage

        picture = qrcode.make(url, image_factory=SvgPathFillImage)
        return picture.to_string(encoding="unicode")

    def generate_authenticator_name(
        self,
        user: AbstractBaseUser,
        type: Authenticator.Type,  # noqa: A002 - the name that allauth gives it
    ) -> str:
        """The name that is suggested for the next passkey."""
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return gettext("Passkey %(number)s") % {"number": count + 1}

    def encrypt(self, text: str) -> str:
        """Seal a secret in a row of its own; returns the row's id."""
        return str(SecondStepSeed.objects.create(seed=text).pk)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret of that row. Raises SealingError when it does not open."""
        return SecondStepSeed.objects.get(pk=encrypted_text).seed


def forget_seeds(authenticator: Authenticator) -> None:
    """Remove the rows that an authenticator's secrets were sealed in."""
    data = authenticator.data
    kept = [data.get("secret"), data.get("seed")]
    SecondStepSeed.objects.filter(pk__in=[key for key in kept if key]).delete()


def _step_of(authenticator: Authenticator, code: str) -> int:
    """Which period of thirty seconds a code stands for; 0 for none of those around now."""
    secret = SecondStepAdapter().decrypt(authenticator.data["secret"])
    digits = code.replace(" ", "")
    for step in yield_hotp_counters_from_time():
        if constant_time_compare(format_hotp_value(hotp_value(secret, step)), digits):
            return step
    return 0


@transaction.atomic
def spend(authenticator: Authenticator, code: str) -> None:
    """Use up a code of an app, in every process. Raises ValidationError for one used before.

    RFC 6238 (5.2) wants each code accepted once. allauth remembers that in the memory of one
    process, and the next process would take the code again.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    step = _step_of(row, code)
    if step <= row.data.get("last_step", 0):
        raise ValidationError(
            gettext("This code has been used. Wait for the app to show the next one.")
        )
    row.data["last_step"] = step
    row.save(update_fields=["data"])
