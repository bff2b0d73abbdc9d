"""The version of everything that visitors can see."""

import uuid

from django.db import models


class SiteVersion(models.Model):
    """One row, whose token is another one after every change. `pages.changes` sees to that."""

    ONLY_ROW = 1

    token = models.UUIDField(default=uuid.uuid4, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_site_version")]

    def __str__(self) -> str:
        return str(self.token)

    @classmethod
    def current(cls) -> uuid.UUID | None:
        """The present token, or None before anything was ever changed."""
        return cls.objects.values_list("token", flat=True).first()

    @classmethod
    def move(cls) -> None:
        """Make it another version, in the transaction of the change itself if there is one.

        A random token and not a count: restored from a backup, a count would say for a second
        time what it has said before, and stand for other pages.
        """
        token = uuid.uuid4()
        if not cls.objects.update(token=token):
            cls.objects.create(pk=cls.ONLY_ROW, token=token)
