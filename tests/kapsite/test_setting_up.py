"""Set-up can be run again, and killed anywhere: what is there at the end is always the same."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest
from django.contrib.auth.hashers import check_password

from kapsite.secretfile import BASE_DIR
from tests.sites import make_site, manage, own_environment

pytestmark = pytest.mark.once  # Of sites on SQLite, which they look into.

ENDING = re.compile(r"_\w{7}(?=\.)")
NAMES = "SELECT file FROM pages_practiceimage UNION SELECT file FROM pages_rendition"
OWNERS = re.compile(r"^Owner: (\S+) (\S+)$", re.MULTILINE)


def rows_of(data_dir: Path) -> list[str]:
    """Every row of the site's database, as SQL, without SQLite's notes on the last ids."""
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        return [row for row in database.iterdump() if "sqlite_sequence" not in row]


def select(data_dir: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(data_dir / "db.sqlite3")) as database:
        return database.execute(query).fetchall()


def files_of(media: Path) -> set[str]:
    """The names of the media, without what Django adds where one of that name lies already.

    Killed between a size of an image and its row, set-up leaves the file; nobody is shown it, and
    the next one has another ending.
    """
    return {ENDING.sub("", str(path.relative_to(media))) for path in media.rglob("*.*")}


def outline(data_dir: Path) -> dict[str, object]:
    """What a site consists of, without what may differ between two of them: ids, hours, secrets."""
    return {
        "rows": Counter(row.split(" VALUES")[0] for row in rows_of(data_dir)),
        "pages": select(
            data_dir, "SELECT path, url_path, title, live FROM wagtailcore_page ORDER BY 1"
        ),
        "revisions": Counter(select(data_dir, "SELECT object_id FROM wagtailcore_revision")),
        "groups": select(data_dir, "SELECT name FROM auth_group ORDER BY name"),
        "users": select(data_dir, "SELECT email, is_superuser FROM kapsite_user"),
        "images": select(data_dir, "SELECT title, file FROM pages_practiceimage ORDER BY 1"),
        "files": files_of(data_dir / "media"),
        "without a file": {
            name for (name,) in select(data_dir, NAMES) if not (data_dir / "media" / name).exists()
        },
    }


def set_up_and_kill(data_dir: Path, moment: str, seconds: float = 0) -> str:
    """Kill set-up some seconds after it has said `moment`; returns what it has said."""
    process = subprocess.Popen(
        [sys.executable, "manage.py", "setup"],
        cwd=BASE_DIR,
        env=own_environment(data_dir),
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    said = b""
    with process:
        while moment.encode() not in said:
            letter = process.stdout.read(1)
            assert letter, f"It ended before {moment!r}: {said.decode()}"
            said += letter
        time.sleep(seconds)
        os.killpg(process.pid, signal.SIGKILL)
        said += process.stdout.read()  # What it had written by then, as a terminal shows it.
    assert process.returncode == -signal.SIGKILL
    return said.decode()


def migrate_and_kill_before_the_record(data_dir: Path, app: str) -> None:
    """Kill the migrations when an app's first one is carried out and not yet written down."""
    code = f"""
import django; django.setup()
import os, signal
from django.db.migrations.recorder import MigrationRecorder
from kapsite import setting_up
record = MigrationRecorder.record_applied
def record_or_die(self, app, name):
    os.kill(os.getpid(), signal.SIGKILL) if app == {app!r} else record(self, app, name)
MigrationRecorder.record_applied = record_or_die
setting_up.make_folders()
setting_up.migrate()
"""
    died = subprocess.run([sys.executable, "-c", code], cwd=BASE_DIR, env=own_environment(data_dir))
    assert died.returncode == -signal.SIGKILL


def finish(data_dir: Path) -> str:
    done = manage(data_dir, "setup")
    assert done.returncode == 0, done.stderr
    return done.stdout


def assert_can_sign_in(data_dir: Path, said: str) -> None:
    """The password shown last opens the one account."""
    email, password = OWNERS.findall(said)[-1]
    [(address, stored)] = select(data_dir, "SELECT email, password FROM kapsite_user")
    assert address == email
    assert check_password(password, stored)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory) -> Path:
    """A site whose set-up nobody interrupted."""
    return make_site(tmp_path_factory.mktemp("undisturbed"))


@pytest.fixture(scope="module")
def migrated(tmp_path_factory) -> Path:
    """A site whose set-up was killed again and again until it got to the starter content."""
    folder = tmp_path_factory.mktemp("migrated")
    for moment, seconds in (("Folders", 0), ("Database", 0.2), ("Database", 3)):
        set_up_and_kill(folder, moment, seconds)
    set_up_and_kill(folder, "Starter content")
    return folder


def test_second_set_up_changes_not_a_single_row(undisturbed, tmp_path):
    site = shutil.copytree(undisturbed, tmp_path / "site")
    before = rows_of(site)
    assert "Owner:" not in finish(site)
    assert rows_of(site) == before
    assert len(before) > 1000


def test_second_set_up_keeps_what_staff_have_changed(undisturbed, tmp_path):
    site = shutil.copytree(undisturbed, tmp_path / "site")
    with closing(sqlite3.connect(site / "db.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_page SET title = 'Ours' WHERE slug = 'about'")
        database.execute("DELETE FROM auth_group WHERE name = 'Editor'")
        database.execute("UPDATE kapsite_user SET email = 'ann@example.org'")
    finish(site)
    assert select(site, "SELECT title FROM wagtailcore_page WHERE slug = 'about'") == [("Ours",)]
    assert select(site, "SELECT email FROM kapsite_user") == [("ann@example.org",)]


def test_migrations_killed_before_the_last_was_written_down_are_completed(undisturbed, tmp_path):
    migrate_and_kill_before_the_record(tmp_path, "kapsite")
    said = finish(tmp_path)
    assert outline(tmp_path) == outline(undisturbed)
    assert_can_sign_in(tmp_path, said)


@pytest.mark.parametrize("seconds", [0.2, 0.7])
def test_set_up_killed_while_it_plants_is_completed(undisturbed, migrated, tmp_path, seconds):
    site = shutil.copytree(migrated, tmp_path / "site")
    set_up_and_kill(site, "Starter content", seconds)
    said = finish(site)
    assert outline(site) == outline(undisturbed)
    assert_can_sign_in(site, said)


def test_set_up_killed_at_every_later_step_is_completed(undisturbed, migrated, tmp_path):
    site = shutil.copytree(migrated, tmp_path / "site")
    said = ""
    for moment, seconds in (("Address", 0), ("Images", 0.5), ("Static files", 0), ("Owner: ", 0)):
        said += set_up_and_kill(site, moment, seconds)
    said += finish(site)
    assert outline(site) == outline(undisturbed)
    assert_can_sign_in(site, said)


def test_static_files_are_collected_whole_after_an_interruption(undisturbed, tmp_path):
    site = shutil.copytree(undisturbed, tmp_path / "site")
    shutil.rmtree(site / "static")
    set_up_and_kill(site, "Starter content", 0.5)
    finish(site)
    here, there = ({p.name for p in (s / "static").rglob("*.*.*")} for s in (site, undisturbed))
    assert here == there


def test_folders_of_the_site_are_closed_to_others(undisturbed):
    for name in ("media", "backups"):
        assert (undisturbed / name).stat().st_mode & 0o077 == 0


def test_static_files_can_be_read_by_nginx_whoever_keeps_the_rest_to_themselves(
    undisturbed, tmp_path
):
    site = shutil.copytree(undisturbed, tmp_path / "site")
    shutil.rmtree(site / "static")
    done = subprocess.run(
        [sys.executable, "manage.py", "setup"],
        cwd=BASE_DIR, env=own_environment(site), umask=0o077, capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = [site / "static", *(site / "static").rglob("*")]
    assert any(path.suffix == ".gz" for path in found)
    closed = [p for p in found if p.stat().st_mode & 0o055 != (0o055 if p.is_dir() else 0o044)]
    assert [path for path in closed if not path.name.startswith(".")] == []


def test_address_of_the_site_follows_site_url(undisturbed, tmp_path):
    site = shutil.copytree(undisturbed, tmp_path / "site")
    address = "SELECT hostname, port FROM wagtailcore_site"
    assert select(site, address) == [("127.0.0.1", 8000)]
    done = manage(site, "setup", SITE_URL="http://kap.example.org")
    assert done.returncode == 0, done.stderr
    assert select(site, address) == [("kap.example.org", 80)]
