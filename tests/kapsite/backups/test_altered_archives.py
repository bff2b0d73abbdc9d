"""An archive that is not as `backup` wrote it is refused before anything is put in place."""

import json
import tarfile

import pytest

from kapsite.backups.manifest import MANIFEST
from tests.kapsite.backups.forging import contents, facts, manifest_changed, tar_of

# It is looked through before anything is written, whichever kind of database that goes into.
pytestmark = pytest.mark.once


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


@pytest.mark.parametrize("content", [b"{}", b"[]", b"not json", b'{"format": 1}', b'{"format": 2}'])
def test_manifest_that_is_none_is_refused(place, rewritten, content):
    said = place.refusal(rewritten(lambda files: files.update({MANIFEST: content}), signed=False))
    assert "backup" in said


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
    manifest = json.loads(contents(archive, key_file)[MANIFEST])
    assert manifest["format"] == 2
