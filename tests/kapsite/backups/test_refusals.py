"""What is not ours, or not for this place, is refused, and leaves nothing behind."""

import base64
import secrets

import pytest
from django.db import connection

from kapsite.backups import make_identity
from tests.kapsite.backups.forging import manifest_changed

OTHER_KEY = base64.b64encode(bytes(range(32))).decode()


def key_ids(stage) -> list[str]:
    return [key for (key,) in stage.rows("SELECT key_id FROM contact_sealingkey")]


def test_place_that_has_a_database_is_refused(site, archive):
    assert "There is a database here already" in site.refusal(archive)


def test_place_that_has_media_is_refused(place, archive):
    (place.folder / "media/images").mkdir(parents=True)
    (place.folder / "media/images/a.png").touch()
    assert "There are files in" in place.refusal(archive)


def test_sealed_backup_without_its_key_is_refused(place, archive):
    refused = place.manage("restore", str(archive))
    assert "Name the file with its key: --identity" in refused.stderr
    assert place.content() == (set(), set())


def test_wrong_key_is_said_to_be_so(place, archive, tmp_path):
    place.key_file = tmp_path / "another"
    make_identity(place.key_file)
    assert "was sealed to another one" in place.refusal(archive)


@pytest.mark.parametrize("content", ["", "no key", "AGE-SECRET-KEY-1ABC", "# only a comment"])
def test_file_without_a_key_is_said_to_be_so(place, archive, tmp_path, content):
    place.key_file = tmp_path / "another"
    place.key_file.write_text(content)
    assert "holds no private key of age" in place.refusal(archive)


def test_counts_that_differ_are_refused(place, rewritten):
    change = manifest_changed(counts=lambda known: known | {"pages_source": 999})
    assert "pages_source has not as many rows as it had" in place.refusal(rewritten(change))


def test_other_kind_of_database_is_refused_with_a_hint(place, rewritten):
    other = {"sqlite": "postgresql", "postgresql": "sqlite"}[connection.vendor]
    said = place.refusal(rewritten(manifest_changed(engine=other)))
    assert f"This is a backup of {other}" in said
    assert "DATABASE_URL" in said


def test_backup_of_a_newer_version_is_refused(place, rewritten):
    change = manifest_changed(migrations=lambda known: [*known, ["contact", "9999_later"]])
    assert "newer version of the site: it has contact.9999_later" in place.refusal(
        rewritten(change)
    )


def test_backup_of_an_older_version_is_brought_up_to_date(other_site, place):
    other_site.do("migrate", "contact", "0004")
    archive = other_site.backup()
    done = place.restore(archive)
    assert done.returncode == 0, done.stderr
    assert "Brought to the state of this version" in done.stdout
    assert place.rows("SELECT 1 FROM django_migrations WHERE name LIKE '0005_growth%'")


def test_missing_encryption_key_is_named(site, place, archive):
    (key_id,) = key_ids(site)
    said = place.refusal(archive, ENCRYPTION_KEYS=OTHER_KEY)
    assert f"ENCRYPTION_KEYS lacks {key_id}" in said
    assert f"--give-up {key_id}" in said


def test_old_key_behind_a_new_one_is_enough(place, archive):
    both = f"{OTHER_KEY},{place.environment['ENCRYPTION_KEYS']}"
    assert place.restore(archive, ENCRYPTION_KEYS=both).returncode == 0


def test_rest_comes_back_when_a_lost_key_is_given_up(site, place, archive):
    (key_id,) = key_ids(site)
    options = ["--identity", str(place.key_file), "--give-up", key_id]
    done = place.manage("restore", str(archive), *options, ENCRYPTION_KEYS=OTHER_KEY)
    assert done.returncode == 0, done.stderr
    assert "0 sealed texts opened" in done.stdout
    assert place.media() == site.media()
    assert "trail is whole" in place.do("verify_audit", ENCRYPTION_KEYS=OTHER_KEY)


def test_sealed_text_that_does_not_open_is_refused(other_site, place):
    (key_id,) = key_ids(other_site)
    body = base64.urlsafe_b64encode(secrets.token_bytes(108)).decode()
    other_site.change(f"UPDATE contact_inquiry SET message = 'sealed1.{key_id}.{body}'")  # noqa: S608
    said = place.refusal(other_site.backup())
    assert f"What the key {key_id} sealed in contact_inquiry does not open" in said


def test_broken_audit_trail_is_refused(other_site, place):
    other_site.change("UPDATE contact_auditentry SET reference = 'another' WHERE sequence = 2")
    said = place.refusal(other_site.backup())
    assert "audit trail in this backup is broken. Entry 2 was changed" in said


def test_file_that_is_not_there_is_said_to_be_so(place, tmp_path):
    assert "There is no file" in place.refusal(tmp_path / "kapsite.tar.gz.age")
