"""What went into a backup comes out of it, on both kinds of database, while people write in."""

import base64
import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode, urlsplit

from kapsite.backups.folder import newest
from kapsite.backups.manifest import MANIFEST
from tests.contact.conftest import stamp_of_age
from tests.kapsite.backups.forging import contents, facts
from tests.kapsite.backups.stages import LONG
from tests.sites import serve

SUBMISSIONS = "SELECT submission_id FROM contact_inquiry"


def test_restore_brings_every_row_and_file_back_and_proves_it(site, archive, place):
    done = place.restore(archive)
    assert done.returncode == 0, done.stderr
    for proof in (
        "files, each as it was written",
        "as many as there were",
        "sealed texts opened, from 1 keys",
        "3 entries of the audit trail, an unbroken chain",
        "Restored and proved",
    ):
        assert proof in done.stdout
    assert "0 sealed texts" not in done.stdout
    assert place.media() == site.media()
    assert LONG in place.media()
    query = "SELECT * FROM contact_inquiry"
    assert place.rows(query) == site.rows(query) != []
    assert "trail is whole" in place.do("verify_audit")
    assert place.do("setup")


def test_only_what_a_site_needs_lies_in_a_restored_place(archive, place):
    place.restore(archive)
    assert not [name for name in place.files() if "unproved" in name]
    assert not [name for name in place.tables() if "unproved" in name]
    assert (place.folder / "media" / LONG).stat().st_mode & 0o777 == 0o600


def test_manifest_says_what_the_backup_holds(site, archive, key_file):
    files = contents(archive, key_file)
    manifest = json.loads(files.pop(MANIFEST))
    assert manifest["files"] == {name: facts(content) for name, content in files.items()}
    assert manifest["counts"]["contact_inquiry"] == 1
    assert manifest["counts"]["django_session"] == 0
    assert ["contact", "0001_initial"] in manifest["migrations"]
    assert manifest["keys"] == [
        key for (key,) in site.rows("SELECT key_id FROM contact_sealingkey")
    ]
    assert {"django", "wagtail"} <= set(manifest["versions"])
    assert list(contents(archive, key_file))[-1] == MANIFEST


def test_archive_is_sealed_named_by_its_age_and_closed_to_others(site, archive):
    assert archive.read_bytes().startswith(b"age-encryption.org/v1\n-> X25519")
    assert archive.stat().st_mode & 0o777 == 0o600
    assert newest(site.folder / "backups") is not None


def test_archive_holds_no_secret(site, archive, key_file):
    files = contents(archive, key_file)
    secrets = [site.environment["SECRET_KEY"], *site.environment["ENCRYPTION_KEYS"].split(",")]
    raw = [base64.b64decode(secrets[1])]
    content = b"".join(files.values())
    assert not [secret for secret in secrets if secret.encode() in content]
    assert not [secret for secret in raw if secret in content]
    assert key_file.read_bytes().split()[-1] not in content + archive.read_bytes()
    assert b"Ada Lovelace" not in content


def test_backup_signs_nobody_in(other_site, key_file):
    statement = "INSERT INTO django_session VALUES ('a-session-key-of-somebody', 'd', '2999-01-01')"
    other_site.change(statement)
    content = contents(other_site.backup(), key_file)["database"]
    assert b"a-session-key-of-somebody" not in content
    assert other_site.rows("SELECT COUNT(*) FROM django_session") == [(1,)]


def test_what_was_deleted_before_is_in_no_copy(other_site, key_file):
    """SQLite keeps what is deleted in the file's free pages; the copy has none."""
    other_site.change("UPDATE contact_inquiry SET reference = 'GONE-SINC'")
    other_site.change("DELETE FROM contact_blindterm")
    other_site.change("DELETE FROM contact_inquiry")
    assert b"GONE-SINC" not in contents(other_site.backup(), key_file)["database"]


class Crowd:
    """People who write in for as long as the block runs."""

    def __init__(self, address: str) -> None:
        self.port = urlsplit(address).port
        self.thanked: list[str] = []
        self.sent: list[str] = []
        self.numbers, self.over = count(), threading.Event()

    def __enter__(self) -> "Crowd":
        self.pool = ThreadPoolExecutor(3)
        self.people = [self.pool.submit(self.write_in) for _ in range(3)]
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        for person in self.people:
            person.result()
        self.pool.shutdown()

    def write_in(self) -> None:
        while not self.over.is_set():
            self.send(str(uuid.uuid4()))

    def send(self, submission_id: str) -> None:
        number = next(self.numbers)
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-Forwarded-For": f"10.{number // 256}.{number % 256}.1",
        }
        answers = {
            "name": "Ada Lovelace",
            "contact_by": "email",
            "email": "ada@example.org",
            "phone": "",
            "message": "I would like to know more.",
            "submission_id": submission_id,
            "stamp": stamp_of_age(60),
        }
        self.sent.append(submission_id)
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as line:
            line.request("POST", "/contact/", urlencode(answers), headers)
            if line.getresponse().status == 302:
                self.thanked.append(submission_id)


def test_backup_made_while_people_write_in_is_whole_and_holds_who_was_thanked_before(
    other_site, place
):
    served = serve(other_site.folder, **other_site.extra, TRUSTED_PROXIES="1")
    with served as address, Crowd(address) as crowd:
        while len(crowd.thanked) < 5:
            assert not any(person.done() for person in crowd.people)
        before = set(crowd.thanked)
        archive = other_site.backup()
        after = set(crowd.thanked)
    assert len(after) > len(before)
    done = place.restore(archive)
    assert done.returncode == 0, done.stderr
    restored = {str(uuid.UUID(str(row[0]))) for row in place.rows(SUBMISSIONS)}
    assert before <= restored
    assert len(restored & set(crowd.sent)) >= 5
    assert len(restored) < len(other_site.rows(SUBMISSIONS))
