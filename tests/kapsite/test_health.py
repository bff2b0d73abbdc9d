"""`/readyz` says no when something is missing for real; `/healthz` asks only whether we live."""

import subprocess
import sys

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from contact.models import SealingKey
from kapsite import health
from kapsite.secretfile import BASE_DIR
from tests.sites import make_site, own_environment

ASK = """
import django; django.setup()
from django.test import Client
for path in ("/healthz", "/readyz"):
    answer = Client().get(path, headers={"host": "localhost"})
    print(path, answer.status_code, answer.content.decode().strip())
"""


def test_whole_site_is_ready(planted, visitor):
    answer = visitor.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "migrations": True, "keys": True, "disk": True}


def missing(visitor) -> set[str]:
    """What `/readyz` says is missing."""
    answer = visitor.get("/readyz")
    assert answer.status_code == 503
    return {name for name, is_well in answer.json().items() if not is_well}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site of its own that tests may damage."""
    return make_site(tmp_path_factory.mktemp("site"))


def ask(site) -> list[str]:
    """What the two addresses of that site answer."""
    environ = own_environment(site, DJANGO_SETTINGS_MODULE="kapsite.settings")
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        cwd=BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
    )
    assert "Traceback" not in done.stderr
    return done.stdout.splitlines()


def test_site_whose_database_is_away_lives_and_is_not_ready(site):
    database = site / "db.sqlite3"
    away = database.rename(site / "away")
    database.mkdir()
    try:
        living, ready = ask(site)
    finally:
        database.rmdir()
        away.rename(database)
    assert living == "/healthz 200 ok"
    assert ready.startswith("/readyz 503")
    assert '"database": false' in ready
    assert '"keys": true' in ready
    assert ask(site)[1].startswith("/readyz 200")


def test_site_with_an_empty_database_is_not_ready(site):
    database = site / "db.sqlite3"
    away = database.rename(site / "away")
    try:
        ready = ask(site)[1]
    finally:
        away.replace(database)
    assert '"database": true, "migrations": false' in ready


def test_database_older_than_the_code_is_not_ready(planted, visitor):
    (newest,) = MigrationLoader(connection).graph.leaf_nodes("pages")
    MigrationRecorder(connection).record_unapplied(*newest)
    assert missing(visitor) == {"migrations"}


@pytest.mark.parametrize("keys", [[], ["too short"], ["local-only-"]])
def test_site_without_keys_that_work_is_not_ready(planted, visitor, settings, keys):
    settings.ENCRYPTION_KEYS = keys
    assert missing(visitor) == {"keys"}


def test_site_that_lacks_a_key_that_has_sealed_is_not_ready(planted, visitor):
    SealingKey.objects.create(key_id="0badc0de")
    assert missing(visitor) == {"keys"}


def test_data_folder_that_is_gone_is_not_ready(planted, visitor, settings, tmp_path):
    settings.DATA_DIR = tmp_path / "gone"
    assert missing(visitor) == {"disk"}


def test_full_disk_is_not_ready(planted, visitor, monkeypatch):
    monkeypatch.setattr(health, "LEAST_FREE_BYTES", 1 << 60)
    assert missing(visitor) == {"disk"}


def test_living_needs_no_database(visitor):
    assert visitor.get("/healthz").content == b"ok\n"  # pytest-django refuses a query here.


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_answer_is_never_cached(planted, visitor, path):
    assert "no-store" in visitor.get(path)["Cache-Control"]
