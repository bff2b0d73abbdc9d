"""A backup is whole or it is refused, and it is put in place only where nothing is."""

import gzip
import io
import json
import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from kapsite.backups import MANIFEST, make_backup
from tests.sites import make_site, manage


@pytest.fixture(scope="module")
def archive(site: Path) -> Path:
    """A backup of that site."""
    assert manage(site, "backup").returncode == 0
    return next((site / "backups").glob("kapsite-*.tar.gz"))


def rewritten(archive: Path, folder: Path, change) -> Path:
    """A copy of the archive in which `change(name, content)` gives each file's new content."""
    copy = folder / "changed.tar.gz"
    with tarfile.open(archive) as old, tarfile.open(copy, "w:gz") as new:
        for member in old:
            content = change(member.name, old.extractfile(member).read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return copy


def test_restore_brings_every_row_and_file_back(site, archive, tmp_path):
    restored = manage(tmp_path, "restore", str(archive))
    assert restored.returncode == 0, restored.stderr
    assert "all counted" in restored.stdout
    here, there = ({p.relative_to(d) for p in (d / "media").rglob("*")} for d in (site, tmp_path))
    assert here == there != set()
    assert manage(tmp_path, "doctor").stdout.count("well Database") == 1


def test_restore_refuses_a_place_that_has_a_database(site, archive):
    before = (site / "db.sqlite3").read_bytes()
    refused = manage(site, "restore", str(archive))
    assert refused.returncode != 0
    assert "There is a database here already" in refused.stderr
    assert (site / "db.sqlite3").read_bytes() == before


def test_backup_holds_no_secret_and_is_closed_to_others(site, archive):
    secrets = [line.split("=")[1] for line in (site / "secrets").read_text().splitlines()]
    content = gzip.decompress(archive.read_bytes())
    assert not [secret for secret in secrets if secret.encode() in content]
    assert archive.stat().st_mode & 0o777 == 0o600


def test_backup_signs_nobody_in(tmp_path):
    make_site(tmp_path)
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        row = ("a-session-key-of-somebody", "data", "2999-01-01")
        database.execute("INSERT INTO django_session VALUES (?, ?, ?)", row)
        database.commit()
    assert manage(tmp_path, "backup").returncode == 0
    with tarfile.open(next((tmp_path / "backups").iterdir())) as unpacked:
        assert b"a-session-key-of-somebody" not in unpacked.extractfile("database").read()


def test_damaged_file_is_refused_before_anything_is_written(archive, tmp_path):
    def flip(name: str, content: bytes) -> bytes:
        return content[:-1] + bytes([content[-1] ^ 1]) if name == "database" else content

    place = tmp_path / "place"
    place.mkdir()
    refused = manage(place, "restore", str(rewritten(archive, tmp_path, flip)))
    assert "The backup is damaged" in refused.stderr
    assert not (place / "db.sqlite3").exists()


def test_manifest_with_other_counts_is_refused(archive, tmp_path):
    def miscount(name: str, content: bytes) -> bytes:
        if name != MANIFEST:
            return content
        manifest = json.loads(content)
        manifest["counts"]["pages_source"] += 1
        return json.dumps(manifest).encode()

    refused = manage(tmp_path, "restore", str(rewritten(archive, tmp_path, miscount)))
    assert "number of rows" in refused.stderr


@pytest.mark.parametrize("content", [b"", b"not an archive", b"\x1f\x8b\x08\x00cut"])
def test_file_that_is_no_backup_is_refused_in_a_sentence(content, tmp_path):
    file = tmp_path / "some.tar.gz"
    file.write_bytes(content)
    refused = manage(tmp_path, "restore", str(file))
    assert refused.stderr.strip().splitlines() == ["CommandError: This file is not a whole backup."]


def test_archive_that_points_outside_is_refused(tmp_path):
    file = tmp_path / "evil.tar.gz"
    with tarfile.open(file, "w:gz") as tar:
        tar.addfile(tarfile.TarInfo("../outside"))
    refused = manage(tmp_path / "place", "restore", str(file))
    assert "was not made by `backup`" in refused.stderr
    assert not (tmp_path / "outside").exists()


def test_backup_that_cannot_be_written_says_so(site, tmp_path):
    (tmp_path / "file").touch()
    refused = manage(site, "backup", "--to", str(tmp_path / "file"))
    assert "could not be written" in refused.stderr


@pytest.mark.django_db(transaction=True)
def test_configured_database_is_backed_up_and_never_overwritten(tmp_path):
    archive = make_backup(tmp_path)
    with tarfile.open(archive) as tar:
        manifest = json.load(tar.extractfile(MANIFEST))
    assert manifest["counts"]["kapsite_user"] == 0
    with pytest.raises(CommandError, match="database here already"):
        call_command("restore", str(archive))
