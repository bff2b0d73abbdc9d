"""What the running site shows to whoever else is on the machine: one port, and no secret."""

import os
from pathlib import Path

import pytest

from .sockets import LISTENING, sockets_of, table
from .whole import WholeSite

SECRETS = ("SECRET_KEY", "ENCRYPTION_KEYS")
OWNERS_PHRASE = "nobody else knows this phrase"
pytestmark = pytest.mark.once


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The whole site while it runs, with its processes and those that its processes started."""
    folder = tmp_path_factory.mktemp("site")
    site = WholeSite(folder, f"sqlite:///{folder / 'db.sqlite3'}", OWNER_PASSWORD=OWNERS_PHRASE)
    with site.running():
        assert len(site.processes()) >= 5, "web server, two workers, worker and clock"
        yield site


def test_only_this_machine_reaches_the_site_and_by_one_port(site):
    """The regression of SecureDrop's finding of 2024: no service that nobody asked for."""
    ours = sockets_of(site.processes())
    listening = {
        row[1] for name in ("tcp", "tcp6") for row in table(name)
        if row[3] == LISTENING and row[9] in ours
    }  # fmt: skip
    assert listening == {f"0100007F:{site.port:04X}"}


def test_no_datagram_and_no_local_socket_waits_for_anybody(site):
    ours = sockets_of(site.processes())
    assert [row for name in ("udp", "udp6") for row in table(name) if row[9] in ours] == []
    named = [row[7] for row in table("unix") if row[6] in ours and len(row) > 7]
    assert named == []


def test_process_list_holds_no_secret(site):
    lines = b"\n".join(Path(f"/proc/{p}/cmdline").read_bytes() for p in site.processes())
    lines += b"\n".join(Path(f"/proc/{p}/comm").read_bytes() for p in site.processes())
    for command in (b"gunicorn", b"deliver", b"housekeeping"):
        assert command in lines
    for name in SECRETS:
        assert os.environ[name].encode() not in lines
    assert OWNERS_PHRASE.encode() not in lines


def test_environment_and_data_are_for_nobody_else(site):
    """Whoever else has an account on the machine reads neither the keys nor the database."""
    for process in site.processes():
        assert Path(f"/proc/{process}/environ").stat().st_mode & 0o077 == 0
    for name in ("db.sqlite3", "secrets"):
        for path in site.folder.glob(f"{name}*"):
            assert path.stat().st_mode & 0o077 == 0, path.name


def test_platform_reaches_the_site_from_outside_when_it_says_so(tmp_path):
    folder = tmp_path / "site"
    extra = {"LISTEN_ADDRESS": "0.0.0.0"}  # noqa: S104 - what a platform sets
    site = WholeSite(folder, f"sqlite:///{folder / 'db.sqlite3'}", **extra)
    with site.running():
        ours = sockets_of(site.processes())
        listening = {row[1] for row in table("tcp") if row[3] == LISTENING and row[9] in ours}
    assert listening == {f"00000000:{site.port:04X}"}
