"""How many inquiries came from one network in one hour."""

import datetime

from django.db import models


class TallyManager(models.Manager["PostTally"]):
    """Counts."""

    def add(self, key: str, hour: datetime.datetime) -> int:
        """Count one more and return how many there are now. Taken back with its transaction.

        Whoever counts for the same network waits here until the one before is done.
        """
        tally, _created = self.get_or_create(key=key, hour=hour)
        self.filter(pk=tally.pk).update(count=models.F("count") + 1)
        return self.values_list("count", flat=True).get(pk=tally.pk)


class PostTally(models.Model):
    """A number beside a key that nobody can turn back into an address (see `contact.limits`)."""

    key = models.CharField(max_length=64)
    hour = models.DateTimeField(db_index=True)
    count = models.PositiveIntegerField(default=0)

    objects = TallyManager()

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["key", "hour"], name="tally_once")]

    def __str__(self) -> str:
        return str(self.pk)
