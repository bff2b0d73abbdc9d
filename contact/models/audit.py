"""The audit trail: who did what with which inquiry, in a table that only grows."""

import hashlib
import json
from typing import Any, NoReturn

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Action(models.TextChoices):
    """What can be done that somebody may have to answer for."""

    RECEIVED = "received", _("Received")
    OPENED = "opened", _("Opened")
    SHOWN = "shown", _("Shown")
    CHANGED = "changed", _("Changed")
    NOTED = "noted", _("Note added")
    SEARCHED = "searched", _("Searched")
    EXPORTED = "exported", _("Exported")
    DENIED = "denied", _("Refused")
    REMOVED = "removed", _("Removed")
    SIGNED_IN = "signed_in", _("Signed in")
    SIGNED_OUT = "signed_out", _("Signed out")
    SIGN_IN_REFUSED = "sign_in_refused", _("Sign-in refused")


class AppendOnly(Exception):
    """Somebody tried to change or remove what has been written down."""


class AuditQuerySet(models.QuerySet["AuditEntry"]):
    """Reads only. Rows are added by `contact.audit.record`."""

    def _refuse(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("The audit trail is only ever added to.")

    update = delete = _raw_delete = _update = _refuse
    bulk_create = bulk_update = update_or_create = _refuse


class AuditEntry(models.Model):
    """One thing that was done. It holds no private text, and the hash of the entry before it."""

    sequence = models.PositiveBigIntegerField(unique=True)
    created_at = models.DateTimeField(_("when"), default=timezone.now, db_index=True)
    actor_id = models.BigIntegerField(null=True)
    actor = models.CharField(_("who"), max_length=254, blank=True)
    action = models.CharField(_("what"), max_length=20, choices=Action.choices)
    reference = models.CharField(_("inquiry"), max_length=9, blank=True, db_index=True)
    detail = models.JSONField(_("detail"), default=dict, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    objects = AuditQuerySet.as_manager()

    class Meta:
        default_permissions = ("view",)
        ordering = ["sequence"]
        # The newest entries of one kind, however long ago they were written.
        indexes = [models.Index(fields=["action", "sequence"], name="audit_by_action")]
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit trail")

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnly("The audit trail is only ever added to.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise AppendOnly("The audit trail is only ever added to.")

    def computed_hash(self) -> str:
        """The SHA-256 over everything that this row says, the hash of the row before included."""
        said = [
            self.sequence,
            self.created_at.timestamp(),
            self.actor_id,
            self.actor,
            self.action,
            self.reference,
            self.detail,
            self.previous,
        ]
        text = json.dumps(said, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class AuditHead(models.Model):
    """The one row that says where the trail ends.

    It is locked while an entry is added, so that entries queue up; and it gives away an entry
    that was cut off the end, which the chain alone would not.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.sequence)
