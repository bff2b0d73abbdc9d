"""How many inquiries came from one network in one hour."""

import datetime

from django.db import connection, models


class TallyManager(models.Manager["PostTally"]):
    """Counts."""

    def add(self, key: str, hour: datetime.datetime) -> int:
        """Count one more and return how many there are now. Taken back with its transaction.

        Whoever counts for the same network waits here until the one before is done. One statement:
        on SQLite, all who send something at this moment wait for it.
        """
        hour_in_database = self.model._meta.get_field("hour").get_db_prep_save(hour, connection)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO contact_posttally (key, hour, count) VALUES (%s, %s, 1) "
                "ON CONFLICT (key, hour) DO UPDATE SET count = contact_posttally.count + 1 "
                "RETURNING count",
                [key, hour_in_database],
            )
            return cursor.fetchone()[0]


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
