"""Killed, out of room, or twice at once: what is called a backup is one, no place is half full."""

import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from kapsite.backups import envelope
from kapsite.backups.folder import all_in, newest
from kapsite.backups.restoring import look_through
from tests.kapsite.backups.stages import command_lines

MOMENTS = random.Random(1846)  # noqa: S311 - Seeded, so that each run kills alike.
ROUNDS = 6


def unfinished(folder: Path) -> list[Path]:
    return list(folder.glob(".*"))


def kill_at_work(process: subprocess.Popen[str], mark: Path, pattern: str, after: float) -> None:
    """Kill a process so many seconds after the first file of its work shows."""
    while process.poll() is None and not list(mark.glob(pattern)):
        time.sleep(0.002)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.communicate()


def test_killed_backup_leaves_only_whole_backups_and_the_next_clears_up(other_site, key_file):
    (other_site.folder / "media/large").write_bytes(MOMENTS.randbytes(20_000_000))
    backups = other_site.folder / "backups"
    killed = 0
    for _round in range(ROUNDS):
        process = other_site.start("backup")
        kill_at_work(process, backups, ".making-*/*", MOMENTS.uniform(0, 0.5))
        killed += process.returncode == -signal.SIGKILL
        for left in backups.glob(".making-*/*"):
            assert left.stat().st_mode & 0o077 == 0
    assert killed > ROUNDS / 2
    last = other_site.backup()
    assert unfinished(backups) == []
    for archive in all_in(backups):
        with archive.open("rb") as file:
            assert look_through(file, envelope.read_identities(key_file))["files"]
    assert newest(backups) == last


def test_killed_restore_is_cleared_away_by_the_next(archive, place):
    process = place.start("restore", str(archive), "--identity", str(place.key_file))
    kill_at_work(process, place.folder / "media", ".unproved_restore/*", 0)
    assert process.returncode == -signal.SIGKILL
    assert list((place.folder / "media").glob(".unproved_restore"))
    done = place.restore(archive)
    assert done.returncode == 0, done.stderr
    assert not [path for path in place.folder.rglob(".*") if "unproved" in path.name]


def kept(site) -> dict:
    """Every file of the backups' folder; a drill leaves an empty folder of its own there."""
    files = [path for path in (site.folder / "backups").iterdir() if path.is_file()]
    return {path: path.read_bytes() for path in files}


@pytest.mark.parametrize("room", [100_000, 2_500_000], ids=["for no database", "for no archive"])
def test_full_disk_is_said_in_a_sentence_and_older_backups_stay(site, archive, room):
    before = kept(site)
    refused = site.manage("backup", file_size=room)
    assert refused.returncode == 1
    (line,) = refused.stderr.strip().splitlines()
    assert "the disk is full" in line
    assert "Make room in" in line
    assert kept(site) == before


def test_restore_onto_a_full_disk_leaves_the_place_empty(place, archive):
    assert "the disk is full" in place.refusal(archive, file_size=2_500_000)


def test_second_backup_at_the_same_time_is_refused(other_site):
    (other_site.folder / "media/large").write_bytes(MOMENTS.randbytes(20_000_000))
    first = other_site.start("backup")
    while not list((other_site.folder / "backups").glob(".making-*")):
        time.sleep(0.002)
    first.send_signal(signal.SIGSTOP)
    try:
        second = other_site.manage("backup")
    finally:
        first.send_signal(signal.SIGCONT)
    assert "Another run is at work" in second.stderr
    assert first.wait() == 0
    first.communicate()
    assert len(all_in(other_site.folder / "backups")) == 1


def test_no_secret_shows_in_the_process_list(other_site):
    """Not even the password of the database, while PostgreSQL's own tools work."""
    word = "a-word-that-shows"
    url = other_site.url.replace("kapsite@", f"kapsite:{word}@")
    process = other_site.start("backup", DATABASE_URL=url)
    seen: set[bytes] = set()
    while process.poll() is None:
        seen |= command_lines()
    assert process.returncode == 0, process.communicate()
    process.communicate()
    secrets = [
        word,
        other_site.environment["SECRET_KEY"],
        other_site.environment["ENCRYPTION_KEYS"],
    ]
    assert not [line for line in seen if any(secret.encode() in line for secret in secrets)]
    assert any(b"backup" in line for line in seen)
    if not url.startswith("sqlite"):
        assert any(b"pg_dump" in line for line in seen)


def test_link_in_the_media_folder_is_refused_by_name(other_site):
    (other_site.folder / "media/elsewhere").symlink_to("/etc")
    refused = other_site.manage("backup")
    assert "media/elsewhere is a link" in refused.stderr
    assert not list((other_site.folder / "backups").iterdir())


def test_backup_that_cannot_be_written_says_so(site, tmp_path):
    (tmp_path / "file").touch()
    refused = site.manage("backup", "--to", str(tmp_path / "file"))
    assert "could not be written" in refused.stderr


def test_backup_of_nothing_is_refused(place):
    refused = place.manage("backup")
    assert "Run `manage.py setup` first" in refused.stderr
