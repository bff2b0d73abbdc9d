"""A key that has sealed here and is gone from ENCRYPTION_KEYS stops the start, in words."""

import base64
import os
import subprocess
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

from contact import keys
from contact.fields import sealed_fields
from contact.models import AuditEntry, BlindTerm, Inquiry, Note, SealingKey
from contact.sealing import KeyRing, key_ring
from kapsite.models import SecondStepSeed
from tests.sites import free_port, make_site, manage, own_environment, serve, start

OURS = os.environ["ENCRYPTION_KEYS"]
ANOTHER = base64.b64encode(b"a" * 32).decode()


@pytest.fixture
def old_key(db) -> str:
    """The id of the key that the site has started with so far."""
    keys.prepare_keys()
    return key_ring().current.id


def known() -> set[str]:
    return set(SealingKey.objects.values_list("key_id", flat=True))


def test_each_start_notes_the_first_key_down_once(old_key, settings, new_key):
    keys.prepare_keys()
    assert known() == {old_key}
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    keys.prepare_keys()
    assert known() == {old_key, key_ring().current.id}


def test_a_missing_key_is_named_and_no_key_is_shown(old_key, settings, new_key):
    settings.ENCRYPTION_KEYS = [new_key]
    with pytest.raises(ImproperlyConfigured, match=f"lacks the key {old_key}") as caught:
        keys.prepare_keys()
    assert "behind the first key" in str(caught.value)
    assert new_key not in str(caught.value)
    assert known() == {old_key}


def test_a_key_that_is_lost_for_good_can_be_given_up_and_that_is_written_down(
    old_key, inquiry, settings, new_key, capsys
):
    settings.ENCRYPTION_KEYS = [new_key]
    call_command("rotate_keys", give_up=old_key)
    closed = len([field for field in sealed_fields() if field.model is Inquiry])
    assert f"{closed} texts stay closed for ever." in capsys.readouterr().out
    keys.prepare_keys()
    entry = AuditEntry.objects.get()
    assert entry.detail == {"key_given_up": old_key, "closed_texts": closed}


@pytest.mark.parametrize("key_id", ["00000000", "the one in use"])
def test_a_key_that_is_not_missing_cannot_be_given_up(old_key, key_id):
    key_id = old_key if key_id == "the one in use" else key_id
    with pytest.raises(CommandError, match="is not missing here"):
        call_command("rotate_keys", give_up=key_id)
    assert known() == {old_key}


def test_rotation_forgets_the_old_key_so_that_it_may_go(old_key, inquiry, settings, new_key):
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    keys.prepare_keys()
    call_command("rotate_keys")
    settings.ENCRYPTION_KEYS = [new_key]
    keys.prepare_keys()
    assert known() == {key_ring().current.id}


def test_rotation_forgets_no_key_while_a_row_is_broken(old_key, inquiry, settings, new_key):
    settings.ENCRYPTION_KEYS = [new_key]
    with pytest.raises(CommandError, match=inquiry.reference):
        call_command("rotate_keys")
    assert old_key in known()


def put_old_token(row, field, old: KeyRing) -> None:
    """What a process writes that still runs with the old key in front."""
    token = old.seal("text", field.place(row))
    with connection.cursor() as cursor:
        table, column = connection.ops.quote_name(row._meta.db_table), field.column
        cursor.execute(f"UPDATE {table} SET {column} = %s", [token])  # noqa: S608


@pytest.mark.parametrize("field", sealed_fields(), ids=str)
def test_a_key_that_one_sealed_column_needs_is_kept(db, settings, new_key, field):
    old = key_ring()
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    inquiry = Inquiry(name="Ada", contact_by="email")
    inquiry.save()
    Note(inquiry=inquiry, text="A private note.").save()
    SecondStepSeed(seed="A SECRET").save()
    assert not keys.is_in_use(old.current.id)
    put_old_token(field.model.objects.get(), field, old)
    assert keys.is_in_use(old.current.id)


def test_a_key_that_the_blind_index_needs_is_kept(inquiry, settings, new_key):
    old = key_ring().current.id
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    for field in sealed_fields():
        if field.model is Inquiry:
            setattr(inquiry, field.attname, "new text")
    inquiry.save()
    assert keys.is_in_use(old)
    BlindTerm.objects.write(inquiry)
    assert not keys.is_in_use(old)


def test_rotation_says_when_a_part_of_the_site_still_seals_with_the_old_key(
    old_key, inquiry, settings, new_key, monkeypatch
):
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    monkeypatch.setattr("contact.management.commands.rotate_keys.rotate", list)
    with pytest.raises(CommandError, match=f"sealed with {old_key} meanwhile"):
        call_command("rotate_keys")
    assert old_key in known()


@pytest.fixture(scope="module")
def site(tmp_path_factory) -> Path:
    """A site that has been set up with the key of this run."""
    return make_site(tmp_path_factory.mktemp("site"))


def assert_refused_in_words(said: str) -> None:
    assert "ENCRYPTION_KEYS lacks the key " in said
    assert "Traceback" not in said
    assert OURS not in said
    assert ANOTHER not in said


def test_the_web_server_does_not_start_without_a_key(site):
    environ = own_environment(site, PORT=str(free_port()), ENCRYPTION_KEYS=ANOTHER)
    server = start(environ, stderr=subprocess.PIPE)
    _out, said = server.communicate(timeout=60)
    assert server.returncode != 0
    assert key_ring().current.id in said
    assert_refused_in_words(said)


@pytest.mark.parametrize("command", [("deliver", "--once"), ("setup",)])
def test_neither_worker_nor_set_up_begins_without_a_key(site, command):
    done = manage(site, *command, ENCRYPTION_KEYS=ANOTHER)
    assert done.returncode != 0
    assert_refused_in_words(done.stderr)


def ready(address: str) -> str:
    """What the site says of itself at `/readyz`."""
    try:
        with urllib.request.urlopen(f"{address}/readyz") as answer:  # noqa: S310
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def test_the_web_server_starts_with_the_key_behind_another(tmp_path):
    site = make_site(tmp_path)
    with serve(site, ENCRYPTION_KEYS=f"{ANOTHER},{OURS}") as address:
        assert '"keys": true' in ready(address)
    said = manage(site, "deliver", "--once", ENCRYPTION_KEYS=OURS).stderr
    assert_refused_in_words(said)


@pytest.mark.parametrize("is_away", [True, False])
def test_a_database_that_cannot_be_asked_does_not_stop_the_start(tmp_path, is_away):
    if is_away:
        (tmp_path / "db.sqlite3").mkdir()
    (tmp_path / "static").mkdir()
    with serve(tmp_path) as address:
        assert f'"database": {str(not is_away).lower()}, "migrations": false' in ready(address)
