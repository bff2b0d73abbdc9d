"""Everything is killed at once, again and again, at random moments: while people write in, somebody
publishes, keys are rotated and a backup is made. After each start nothing acknowledged is missing.
"""

import base64
import os
import random
import signal
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from kapsite.backups import envelope, make_identity
from kapsite.backups.folder import UNFINISHED, all_in
from kapsite.backups.restoring import look_through
from tests.contact.conftest import stamp_of_age
from tests.crowds import thanks
from tests.sites import own_database

from .editor import Editor
from .whole import WholeSite

VISITORS = 3
STORED_BEFORE = 400  # Enough that sealing them anew takes a while.
FIRST = f"ORDER BY created_at LIMIT {STORED_BEFORE}"
MOMENTS = random.Random(1846)  # noqa: S311 - Seeded, so that each run kills alike.
STORE = f"""
from django.db import transaction
from contact.keys import prepare_keys
from contact.models import BlindTerm, Inquiry
prepare_keys()
with transaction.atomic():
    for number in range({STORED_BEFORE}):
        inquiry = Inquiry(name=f"Person {{number}}", message="Text.", contact_by="email")
        inquiry.save()
        BlindTerm.objects.write(inquiry)
"""
LOOK = """
from django.db import connection
from contact import audit, keys
from contact.fields import sealed_fields
keys.require_keys()
for field in sealed_fields():
    for row in field.model._base_manager.all():
        getattr(row, field.attname)
assert audit.verify().whole
if connection.vendor == "sqlite":
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
print("All is well.")
"""


pytestmark = pytest.mark.once
Moment = Callable[["Practice"], bool]


class People:
    """Visitors who write in and somebody who publishes, until the site is gone."""

    def __init__(self, site: WholeSite, editor: Editor) -> None:
        self.site, self.editor, self.stamp = site, editor, stamp_of_age(60)
        self.numbers, self.titles = count(), count()
        self.thanked: list[str] = []
        self.unanswered: list[str] = []
        self.published = ["About the practice"]
        self.tried = ""

    def send(self, submission_id: str) -> bool:
        fields = {
            "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
            "message": "Hello.", "stamp": self.stamp, "submission_id": submission_id,
        }  # fmt: skip
        return thanks(self.site, fields, next(self.numbers))

    def write_in(self) -> None:
        while self.send(submission_id := str(uuid.uuid4())):
            self.thanked.append(submission_id)
        self.unanswered.append(submission_id)

    def publish(self) -> None:
        while self.editor.publish(title := f"Title {next(self.titles)}"):
            self.published.append(title)
        self.tried = title

    def begin(self) -> list[threading.Thread]:
        people = [threading.Thread(target=self.write_in) for _ in range(VISITORS)]
        people.append(threading.Thread(target=self.publish))
        for person in people:
            person.start()
        return people


class Practice:
    """The site of this test, with its people, its keys and its backups."""

    def __init__(self, folder: Path, database: str) -> None:
        self.identity, self.temporary = folder / "identity", folder / "tmp"
        self.temporary.mkdir()
        self.keys = [os.environ["ENCRYPTION_KEYS"]]
        self.site = WholeSite(
            folder / "site", database, TMPDIR=str(self.temporary),
            BACKUP_RECIPIENT=make_identity(self.identity),
        )  # fmt: skip
        self.backups = self.site.folder / "backups"
        self.editor = Editor(self.site.port)
        self.people = People(self.site, self.editor)
        self.thanked_before = self.published_before = 0

    def take_new_key(self) -> None:
        """A new key in front, as docs/recovery.md says; the old ones stay until all is rotated."""
        self.keys.insert(0, base64.b64encode(MOMENTS.randbytes(32)).decode())
        self.site.extra["ENCRYPTION_KEYS"] = ",".join(self.keys)

    def live_until(self, moment: Moment, at_most_later: float) -> list[int]:
        """Let everything go on at once, and kill all of it up to so many seconds after the moment.

        Returns how the rotation and the backup have ended.
        """
        self.take_new_key()
        self.thanked_before = len(self.people.thanked)
        self.published_before = len(self.people.published)
        with self.site.running(["rotate_keys"], ["backup"]) as work:
            people = self.people.begin()
            deadline = time.monotonic() + 120
            while not moment(self):
                assert time.monotonic() < deadline, moment
                time.sleep(0.002)
            time.sleep(MOMENTS.uniform(0, at_most_later))
        for person in people:
            person.join()
        return [process.returncode for process in work]

    def shows_what_was_published(self) -> bool:
        """Whether visitors see the last title that the admin has called published, or the one for
        which no answer came any more."""
        return self.editor.shown() in {self.people.published[-1], self.people.tried}

    def left_behind(self) -> list[Path]:
        """What no later run has cleared away."""
        return [*self.backups.glob(".*"), *self.temporary.iterdir()]


def keys_are_being_rotated(practice: Practice) -> bool:
    """Some of the first inquiries are sealed with the new key, and some with the old one."""
    oldest = practice.site.ask(f"SELECT name FROM contact_inquiry {FIRST}")  # noqa: S608
    return len({token.split(".")[1] for (token,) in oldest}) > 1


def a_backup_is_being_made(practice: Practice) -> bool:
    return any(practice.backups.glob(f"{UNFINISHED}*/archive"))


def some_were_thanked(practice: Practice) -> bool:
    return len(practice.people.thanked) >= practice.thanked_before + 10


def a_title_was_published(practice: Practice) -> bool:
    return len(practice.people.published) > practice.published_before


def stored_once(practice: Practice, submissions: list[str]) -> bool:
    stored = practice.site.submissions()
    return all(stored[submission] == 1 for submission in submissions)


@pytest.fixture
def practice(tmp_path) -> Iterator[Practice]:
    with own_database(tmp_path / "site") as database:
        practice = Practice(tmp_path, database)
        practice.site.manage("setup")
        practice.site.manage("shell", "-c", STORE)
        (practice.site.folder / "media/large").write_bytes(MOMENTS.randbytes(20_000_000))
        with practice.site.running():
            practice.editor.sign_in()
        yield practice


def test_site_killed_again_and_again_misses_nothing_and_finishes_what_it_began(practice):
    site, people = practice.site, practice.people
    assert practice.live_until(keys_are_being_rotated, 0.05)[0] == -signal.SIGKILL
    assert practice.live_until(a_backup_is_being_made, 0.05)[1] == -signal.SIGKILL
    for moment in (some_were_thanked, a_title_was_published):
        practice.live_until(moment, 0.5)
        assert stored_once(practice, people.thanked)
    with site.running():
        assert practice.shows_what_was_published()
        assert all(people.send(submission) for submission in people.unanswered)
        assert practice.editor.publish("All is well")
        site.manage("rotate_keys")
        site.manage("backup")
    assert stored_once(practice, [*people.thanked, *people.unanswered])
    site.extra["ENCRYPTION_KEYS"] = practice.keys[0]
    assert "All is well." in site.manage("shell", "-c", LOOK).stdout
    assert practice.left_behind() == []
    for archive in all_in(practice.backups):
        with archive.open("rb") as file:
            assert look_through(file, envelope.read_identities(practice.identity))["files"]
