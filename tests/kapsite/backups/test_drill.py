"""The drill proves that a backup can be restored, needs no private key, and leaves nothing."""

import re

import psycopg
import pytest
from django.db import connection


def databases(url: str) -> set[str]:
    """The site's own databases: those of sites that other processes test come and go meanwhile."""
    if connection.vendor == "sqlite":
        return set()
    with psycopg.connect(url) as line:
        own = "SELECT datname FROM pg_database WHERE starts_with(datname, current_database())"
        return {name for (name,) in line.execute(own)}


@pytest.fixture(autouse=True)
def drills_leave_nothing(site):
    """Whatever becomes of it: no backup, no place, no database stays behind."""
    before = databases(site.url), {p for p in (site.folder / "backups").rglob("*") if p.is_file()}
    yield
    after = databases(site.url), {p for p in (site.folder / "backups").rglob("*") if p.is_file()}
    assert after[0] - before[0] == after[1] - before[1] == set()


def test_drill_tells_each_step_and_how_long_it_took(site):
    said = site.do("backup_drill")
    steps = re.findall(r"^(.+) \(\d+\.\d s\)\.?$", said, re.MULTILINE)
    assert len(steps) >= 6
    assert "Restored and proved" in said
    assert "3 entries of the audit trail" in said
    assert "The drill went well" in said


def test_drill_finds_what_is_broken(other_site):
    other_site.change("UPDATE contact_auditentry SET reference = 'another' WHERE sequence = 2")
    failed = other_site.manage("backup_drill")
    assert failed.returncode == 1
    assert "cannot be restored" in failed.stderr
    assert "The audit trail in this backup is broken" in failed.stderr
    left = [path for path in (other_site.folder / "backups").rglob("*") if path.is_file()]
    assert left == []


def test_drill_on_a_full_disk_says_so(site):
    failed = site.manage("backup_drill", file_size=100_000)
    assert "the disk is full" in failed.stderr
