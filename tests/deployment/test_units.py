"""What a server needs beside the code: units that systemd understands, and settings that exist."""

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kapsite.secretfile import BASE_DIR

UNITS = BASE_DIR / "deploy" / "systemd"
SERVICES = sorted(path.name for path in UNITS.glob("*.service"))
# What `systemd-analyze security` counts, from 0 (closed) to 100 (open). These are at 14.
MOST_EXPOSED = 20
SHELL = ("bin/kill", "bin/sh")  # What units call besides.
NEVER_HERE = r"(SECRET_KEY|ENCRYPTION_KEYS|PASSWORD|DATABASE_URL|EMAIL_URL)="

needs_systemd = pytest.mark.skipif(
    not shutil.which("systemd-analyze") and not os.environ.get("REQUIRE_ALL"),
    reason="needs systemd (Debian: apt install systemd)",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory) -> Path:
    """A file system with the units where the guide puts them, and what they start."""
    root = tmp_path_factory.mktemp("root")
    shutil.copytree(UNITS, root / "etc/systemd/system")
    shutil.copytree("/usr/lib/systemd/system", root / "usr/lib/systemd/system", symlinks=True)
    (root / "etc/kapsite").mkdir()
    (root / "etc/kapsite/environment").touch()
    for program in ("srv/kapsite/.venv/bin/python", "srv/kapsite/.venv/bin/gunicorn", *SHELL):
        (root / program).parent.mkdir(parents=True, exist_ok=True)
        (root / program).write_text("#!/bin/sh\n")
        (root / program).chmod(0o755)
    (root / "srv/kapsite/var").mkdir()
    return root


def analyze(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["systemd-analyze", f"--root={root}", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@needs_systemd
@pytest.mark.parametrize("name", [*SERVICES, "kapsite.target", "kapsite-backup.timer"])
def test_systemd_understands_every_unit(installed, name):
    done = analyze(installed, "verify", "--man=no", "--recursive-errors=no", name)
    assert (done.returncode, done.stderr) == (0, "")


@needs_systemd
@pytest.mark.parametrize("name", SERVICES)
def test_every_service_is_closed_in(installed, name):
    limit = f"--threshold={MOST_EXPOSED}"
    done = analyze(installed, "security", "--offline=yes", limit, "--no-pager", name)
    assert done.returncode == 0, done.stdout[-400:]


def words_of(unit: str, key: str) -> set[str]:
    """Everything that a unit says under a key."""
    lines = re.findall(rf"^{key}=(.*)$", (UNITS / unit).read_text(), re.M)
    return set(" ".join(lines).split())


def test_what_waits_for_set_up_is_begun_again_when_that_failed():
    """systemd begins nothing anew by itself whose requirement failed, whatever Restart says."""
    waiting = {name for name in SERVICES if "kapsite-setup.service" in words_of(name, "Requires")}
    assert len(waiting) == 3
    assert words_of("kapsite.target", "Upholds") == waiting
    # Wanted as well: whoever starts the target is told once they are there.
    assert waiting <= words_of("kapsite.target", "Wants")


def test_whatever_the_target_starts_stops_with_it():
    for name in words_of("kapsite.target", "Wants"):
        assert words_of(name, "PartOf") == {"kapsite.target"}, name


def test_no_secret_stands_in_a_unit():
    for path in UNITS.rglob("*"):
        if path.is_file():
            assert not re.search(NEVER_HERE, path.read_text()), path


def test_units_start_what_the_procfile_starts():
    started = " ".join((UNITS / name).read_text() for name in SERVICES)
    for line in (BASE_DIR / "Procfile").read_text().splitlines():
        assert line.split(": ", 1)[1] in started


def example() -> dict[str, str]:
    text = (BASE_DIR / "deploy" / "environment.example").read_text()
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", text, re.M))


def test_every_setting_of_the_example_is_in_the_readme():
    known = set(re.findall(r"^\| `([A-Z_]+)` \|", (BASE_DIR / "README.md").read_text(), re.M))
    assert set(example()) <= known


def test_example_holds_no_secret():
    assert example()["SECRET_KEY"] == example()["ENCRYPTION_KEYS"] == ""


def test_guides_wait_until_the_site_has_stopped():
    """Stopping the target alone returns at once, and who moves data then moves it from writers."""
    guides = "\n".join(path.read_text() for path in (BASE_DIR / "docs").glob("*.md"))
    stops = re.findall(r"systemctl stop kapsite\.target(.*?)[`\n]", guides)
    assert len(stops) >= 2
    assert set(stops) == {" 'kapsite-*.service'"}
