"""What staff wrote about an inquiry, and how they tried to reach its person."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..fields import SealedTextField
from .inquiry import Inquiry


class NoteKind(models.TextChoices):
    """What a note tells. Only this class lists attempts; others use the group below."""

    NOTE = "note", _("Note")
    FOLLOW_UP = "follow_up", _("Follow-up planned")
    TALKED = "talked", _("We talked")
    VOICEMAIL = "voicemail", _("I left a voicemail")
    NO_ANSWER = "no_answer", _("Nobody answered")
    WROTE = "wrote", _("I wrote an e-mail")
    UNREACHABLE = "unreachable", _("The number or address does not work")


ATTEMPTS = (
    NoteKind.TALKED,
    NoteKind.VOICEMAIL,
    NoteKind.NO_ANSWER,
    NoteKind.WROTE,
    NoteKind.UNREACHABLE,
)
# Attempts after which the person has heard from us.
HEARD = frozenset({NoteKind.TALKED, NoteKind.VOICEMAIL, NoteKind.WROTE})


class Note(models.Model):
    """What somebody of the staff wrote about an inquiry, or how they tried to reach the person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    kind = models.CharField(
        _("kind"), max_length=20, choices=NoteKind.choices, default=NoteKind.NOTE
    )
    text = SealedTextField(_("note"), blank=True)

    class Meta:
        default_permissions = ()
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return str(self.pk)
