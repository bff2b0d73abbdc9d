"""Which encryption keys have been in use here, so that one that is gone is missed at once."""

from django.db import models
from django.utils import timezone


class SealingKey(models.Model):
    """A key that has sealed something, known by its id alone. See `contact.keys`."""

    key_id = models.CharField(max_length=8, unique=True)
    first_used_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.key_id
