"""Whom a backup is sealed to, and the keys for that."""

import base64
import secrets

import pyrage
import pytest
from django.core.management import CommandError, call_command
from pyrage import x25519

from kapsite.backups import BackupError, envelope
from tests.sites import manage

PUBLIC = {
    "SITE_URL": "https://www.example.org",
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
}


def test_new_key_is_for_its_owner_only_and_tells_its_recipient(tmp_path, capsys):
    path = tmp_path / "identity"
    call_command("backup", new_key=path)
    said = capsys.readouterr().out
    (identity,) = envelope.read_identities(path)
    assert f"BACKUP_RECIPIENT={identity.to_public()}" in said
    assert "off this machine" in said
    assert str(identity) not in said
    assert path.stat().st_mode & 0o777 == 0o600


def test_key_is_never_overwritten(tmp_path):
    path = tmp_path / "identity"
    path.write_text("the only copy")
    with pytest.raises(CommandError, match="never overwritten"):
        call_command("backup", new_key=path)
    assert path.read_text() == "the only copy"


def test_key_that_cannot_be_written_is_said_to_be_so(tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("backup", new_key=tmp_path / "nowhere" / "identity")


def test_public_site_makes_no_backup_that_is_not_sealed(tmp_path):
    refused = manage(tmp_path, "backup", **PUBLIC)
    assert refused.returncode == 1
    assert "BACKUP_RECIPIENT is empty" in refused.stderr
    assert not (tmp_path / "backups").exists()


@pytest.mark.django_db(transaction=True)
def test_local_site_is_told_that_its_backup_is_not_sealed(settings, tmp_path, capsys):
    settings.BACKUP_RECIPIENTS = []
    call_command("backup", to=tmp_path)
    assert "It is not sealed" in capsys.readouterr().out
    (archive,) = tmp_path.iterdir()
    assert archive.name.endswith("Z.tar.gz")
    with archive.open("rb") as file:
        assert not envelope.is_sealed(file)


def test_private_key_in_place_of_the_recipient_is_refused_and_not_shown(settings):
    secret = str(x25519.Identity.generate())
    settings.BACKUP_RECIPIENTS = [str(x25519.Identity.generate().to_public()), secret]
    with pytest.raises(BackupError, match="Number 2 of BACKUP_RECIPIENT") as refused:
        envelope.configured_recipients()
    assert secret not in str(refused.value)


@pytest.mark.django_db(transaction=True)
def test_each_of_several_keys_opens_the_backup(settings, tmp_path):
    keys = [x25519.Identity.generate() for _ in range(2)]
    settings.BACKUP_RECIPIENTS = [str(key.to_public()) for key in keys]
    call_command("backup", to=tmp_path)
    sealed = next(tmp_path.glob("*.age")).read_bytes()
    for key in keys:
        assert pyrage.decrypt(sealed, [key]).startswith(b"\x1f\x8b")
