"""Staff accounts: people sign in with their e-mail address, and there is no user name."""

import uuid
from typing import Any

from django.contrib.auth.models import AbstractUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from contact.fields import SealedTextField


class UserManager(BaseUserManager["User"]):
    """Makes accounts from an e-mail address and a password."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return a new account. Raises ValueError without an e-mail address."""
        if not email:
            raise ValueError("An account needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Save and return an account that may do everything."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account with this address, whatever the capitals it was typed with."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """Somebody who works at the practice."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(
        _("e-mail address"),
        unique=True,
        error_messages={"unique": _("Somebody has an account with this e-mail address already.")},
    )

    # Each step of this number ends every session that was begun before it.
    session_epoch = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_whatever_case",
                violation_error_message=_(
                    "Somebody has an account with this e-mail address already."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.get_full_name() or self.email

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session must know of the account to go on: password and epoch, hashed."""
        return salted_hmac(
            "kapsite.models.User.session",
            f"{self.password}:{self.session_epoch}",
            secret=secret,
            algorithm="sha256",
        ).hexdigest()


class SecondStepSeed(models.Model):
    """The secret of an authenticator app or of recovery codes. See `sign_in.factors`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    seed = SealedTextField()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.pk)


class KnownDevice(models.Model):
    """A device on which somebody has signed in, known by the hash of a cookie."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="devices")
    digest = models.CharField(max_length=64)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    noticed_at = models.DateTimeField(null=True)  # When its owner was told.

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "digest"], name="known_device_once"),
        ]

    def __str__(self) -> str:
        return f"Device {self.pk}"
