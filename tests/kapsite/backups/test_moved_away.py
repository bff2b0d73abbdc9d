"""What stood here before is moved away whole, as docs/recovery.md says, and is never replayed.

About SQLite's files, so these sites are on SQLite whatever the other tests run on.
"""

import re
import shlex
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from kapsite.secretfile import BASE_DIR
from tests.kapsite.backups.stages import INQUIRY, Stage, furnished
from tests.sites import make_site

LATER = INQUIRY.replace("Ada Lovelace", "Somebody Later")
# Stands like a process that was killed: what it committed is in the log, and nowhere else.
KILLED = f"{LATER}\nimport os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"
INQUIRIES = "SELECT reference FROM contact_inquiry"


@pytest.fixture(scope="module")
def dead(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> tuple[Path, Path]:
    """The folder of a site that wrote on after a backup and was killed; and that backup."""
    folder = make_site(tmp_path_factory.mktemp("dead"))
    stage = furnished(on_sqlite(folder, key_file))
    archive = Path(shutil.move(stage.backup(), tmp_path_factory.mktemp("elsewhere")))
    assert stage.manage("shell", "-c", KILLED).returncode == -signal.SIGKILL
    assert (folder / "db.sqlite3-wal").stat().st_size
    return folder, archive


def on_sqlite(folder: Path, key_file: Path) -> Stage:
    return Stage(folder, f"sqlite:///{folder / 'db.sqlite3'}", key_file)


@pytest.fixture
def stage(dead: tuple[Path, Path], tmp_path: Path, key_file: Path) -> Stage:
    """That site, as it lies there."""
    return on_sqlite(shutil.copytree(dead[0], tmp_path / "site"), key_file)


@pytest.fixture
def archive(dead: tuple[Path, Path]) -> Path:
    return dead[1]


def moved_as_written(stage: Stage, root: Path) -> Path:
    """Move the site away by the command of the page; returns where it is then."""
    page = (BASE_DIR / "docs" / "recovery.md").read_text()
    [command] = re.findall(r"`sudo (sh -c 'mv [^`]*db\.sqlite3[^`]*')`", page)
    command = command.replace("/srv/kapsite/var", str(stage.folder)).replace("~root", str(root))
    root.mkdir()
    subprocess.run(shlex.split(command), check=True)
    [folder] = root.iterdir()
    return folder


def moved_without_log(stage: Stage, root: Path) -> Path:
    """Move the site away by what seems enough; returns the log that stays behind."""
    root.mkdir()
    for name in ("db.sqlite3", "media"):
        shutil.move(stage.folder / name, root / name)
    return stage.folder / "db.sqlite3-wal"


def test_site_that_was_moved_as_the_page_says_is_restored_and_the_old_one_is_whole(
    stage, archive, tmp_path, key_file
):
    kept = stage.media()
    moved = moved_as_written(stage, tmp_path / "root")
    done = stage.restore(archive)
    assert done.returncode == 0, done.stderr
    assert len(stage.rows(INQUIRIES)) == 1
    assert stage.media() == kept
    assert len(on_sqlite(moved, key_file).rows(INQUIRIES)) == 2


@pytest.mark.parametrize("end", ["-wal", "-journal"])
def test_log_that_was_left_behind_is_refused_and_kept(stage, archive, tmp_path, end):
    log = moved_without_log(stage, tmp_path / "root").rename(stage.folder / f"db.sqlite3{end}")
    content = log.read_bytes()
    assert f"db.sqlite3{end} was left behind" in stage.refusal(archive)
    assert log.read_bytes() == content


def test_empty_log_is_in_nobodys_way(stage, archive, tmp_path):
    moved_without_log(stage, tmp_path / "root").write_bytes(b"")
    done = stage.restore(archive)
    assert done.returncode == 0, done.stderr
    assert len(stage.rows(INQUIRIES)) == 1
