"""What is not whole, not ours, or not for this place is refused, and leaves nothing behind."""

import base64
import json
import secrets
import tarfile

import pytest
from django.db import connection

from kapsite.backups import make_identity
from kapsite.backups.manifest import MANIFEST
from tests.kapsite.backups.forging import facts, manifest_changed, tar_of

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


@pytest.mark.parametrize("where", [0.001, 0.3, 0.6, 0.9999])
def test_flipped_byte_of_a_sealed_backup_is_noticed(place, archive, tmp_path, where):
    content = bytearray(archive.read_bytes())
    content[int(len(content) * where)] ^= 1
    copy = tmp_path / "flipped.tar.gz.age"
    copy.write_bytes(content)
    assert "The backup is damaged" in place.refusal(copy)


@pytest.mark.parametrize("kept", [0.0002, 0.5, 0.99999])
def test_backup_that_was_cut_short_is_refused(place, archive, tmp_path, kept):
    content = archive.read_bytes()
    copy = tmp_path / "cut.tar.gz.age"
    copy.write_bytes(content[: int(len(content) * kept)])
    assert "backup is damaged" in place.refusal(copy)


@pytest.mark.parametrize("where", [0.3, 0.9999])
def test_flipped_byte_of_an_open_backup_is_noticed(place, rewritten, where):
    copy = rewritten(lambda files: None)
    content = bytearray(copy.read_bytes())
    content[int(len(content) * where)] ^= 1
    copy.write_bytes(content)
    assert "backup" in place.refusal(copy)


def test_content_that_the_manifest_does_not_know_is_refused(place, rewritten):
    def flip(files):
        files["media/one-block"] = bytes(512)

    assert "a file is not what the manifest says" in place.refusal(rewritten(flip))


def test_file_that_is_missing_or_too_many_is_refused(place, rewritten):
    without = rewritten(lambda files: files.pop("media/one-block"))
    assert "a file is not what the manifest says" in place.refusal(without)
    more = rewritten(lambda files: files.update({"media/more": b"x"}))
    assert "it holds a file too many" in place.refusal(more)


def test_manifest_that_the_site_did_not_write_is_refused(place, rewritten):
    """Anybody can seal to a public key; nobody else can make the proof."""

    def swap(files):
        files["media/one-block"] = bytes(512)
        manifest_changed(files=lambda known: known | {"media/one-block": facts(bytes(512))})(files)

    forged = rewritten(swap, signed=False)
    assert "its manifest was not written by this site" in place.refusal(forged)


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


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", b'{"format": 1}', b'{"format": 2}'])
def test_manifest_that_is_none_is_refused(place, rewritten, content):
    said = place.refusal(rewritten(lambda files: files.update({MANIFEST: content}), signed=False))
    assert "backup" in said


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


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00cut"])
def test_file_that_is_no_backup_is_refused_in_a_sentence(place, tmp_path, content):
    file = tmp_path / "some.tar.gz"
    file.write_bytes(content)
    assert "backup" in place.refusal(file)


def special(kind: bytes, name: str) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = kind, "/etc/passwd"
    return info


@pytest.mark.parametrize(
    "member",
    [
        pytest.param(special(tarfile.SYMTYPE, "media/link"), id="symlink"),
        pytest.param(special(tarfile.LNKTYPE, "media/link"), id="hard link"),
        pytest.param(special(tarfile.CHRTYPE, "media/device"), id="device"),
        pytest.param(special(tarfile.FIFOTYPE, "media/pipe"), id="pipe"),
        pytest.param(special(tarfile.DIRTYPE, "media/folder"), id="folder"),
        pytest.param(tarfile.TarInfo("media/" + "long" * 3000), id="large header"),
    ],
)
def test_archive_with_anything_but_files_is_refused(place, tmp_path, member):
    file = tar_of(tmp_path / "evil.tar.gz", (member, b""))
    assert "was not made by `backup`" in place.refusal(file)


@pytest.mark.parametrize(
    "name",
    ["../outside", "/tmp/outside", "media/../../outside", "media//outside", "media/./x", "other/x"],  # noqa: S108
)
def test_name_that_leads_out_of_the_media_folder_is_refused(place, rewritten, name):
    def add(files):
        manifest = files.pop(MANIFEST)
        files[name] = b"x"
        files[MANIFEST] = manifest
        manifest_changed(files=lambda known: known | {name: facts(b"x")})(files)

    said = place.refusal(rewritten(add))
    assert "would lie outside the media folder" in said
    assert not list(place.folder.parent.glob("**/outside"))


def test_more_than_the_manifest_allows_is_never_written(place, rewritten):
    """A hundred megabytes of zeros, where the manifest knows of 512 bytes."""

    def blow_up(files):
        files["media/one-block"] = bytes(100_000_000)

    said = place.refusal(rewritten(blow_up), file_size=4_000_000)
    assert "a file is not what the manifest says" in said


def test_manifest_of_json_alone_is_what_anybody_may_read(archive, key_file):
    from tests.kapsite.backups.forging import contents

    manifest = json.loads(contents(archive, key_file)[MANIFEST])
    assert manifest["format"] == 2
