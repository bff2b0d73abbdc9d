"""Old backups go by number and age together; the newest never does."""

from datetime import UTC, datetime, timedelta

import pytest

from kapsite.backups import newest
from kapsite.backups.folder import all_in, name_for, remove_old


@pytest.fixture
def made(tmp_path):
    """A function: backups that were made so many days ago, the newest of them last."""

    def make(*days):
        now = datetime.now(UTC)
        paths = [tmp_path / name_for(now - timedelta(days=d), sealed=True) for d in days]
        for path in paths:
            path.touch()
        return paths

    return make


def test_goes_when_it_is_both_old_and_beyond_the_number(made, settings, tmp_path):
    settings.BACKUP_KEEP_COUNT, settings.BACKUP_KEEP_DAYS = 2, 30
    oldest, old, young, today = made(40, 31, 29, 0)
    assert set(remove_old(tmp_path, today)) == {oldest, old}
    assert all_in(tmp_path) == [today, young]


def test_so_many_newest_stay_however_old(made, settings, tmp_path):
    settings.BACKUP_KEEP_COUNT, settings.BACKUP_KEEP_DAYS = 3, 30
    paths = made(400, 300, 200, 100)
    assert remove_old(tmp_path, paths[-1]) == paths[:1]


def test_young_ones_stay_however_many(made, settings, tmp_path):
    settings.BACKUP_KEEP_COUNT, settings.BACKUP_KEEP_DAYS = 1, 30
    paths = made(*range(29, 0, -1))
    assert remove_old(tmp_path, paths[-1]) == []


def test_newest_good_backup_stays_whatever_the_settings_and_names_say(made, settings, tmp_path):
    settings.BACKUP_KEEP_COUNT = settings.BACKUP_KEEP_DAYS = 0
    just_made, _from_a_wrong_clock = made(50, -900)
    remove_old(tmp_path, just_made)
    assert just_made.exists()


def test_what_is_no_backup_is_never_touched(made, settings, tmp_path):
    settings.BACKUP_KEEP_COUNT = settings.BACKUP_KEEP_DAYS = 0
    (today,) = made(0)
    others = [tmp_path / name for name in ("kapsite-notes.tar.gz", "database.sql", ".making-x")]
    for path in others:
        path.touch()
    remove_old(tmp_path, today)
    assert all(path.exists() for path in others)


def test_newest_is_told_by_name_or_is_none(made, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path / "none"
    assert newest() is None
    settings.BACKUP_DIR = tmp_path
    assert newest() is None
    *_, young = made(3, 2, 1)
    assert newest() == young


def test_backup_tells_what_it_removes(site, tmp_path):
    old = site.folder / "backups" / "kapsite-20200101T000000000000Z.tar.gz"
    old.touch()
    said = site.do("backup", BACKUP_KEEP_COUNT="1")
    assert f"Removed {old.name}" in said
    assert not old.exists()
    elsewhere = tmp_path / old.name
    elsewhere.touch()
    site.do("backup", "--to", str(tmp_path), BACKUP_KEEP_COUNT="1")
    assert elsewhere.exists()
