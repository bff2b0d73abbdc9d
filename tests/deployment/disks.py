"""Disks that are really full, for everything that a running site writes."""

import os
import resource
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from .whole import WholeSite

SIZE = 96  # MiB: a site with room to work in.


class SmallDisk:
    """A file system of its own in memory, filled to the last byte. Only root can mount one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / "filler"

    def fill(self, site: WholeSite) -> None:
        with self._filler.open("wb", buffering=0) as file:
            for size in (1 << 20, 1 << 12, 1):
                self._pour(file.fileno(), bytes(size))

    @staticmethod
    def _pour(descriptor: int, content: bytes) -> None:
        try:
            while os.write(descriptor, content) == len(content):
                pass
        except OSError:
            return

    def make_room(self, site: WholeSite) -> None:
        self._filler.unlink()

    def take_in(self) -> None:
        """Called in a new process: it writes to the same disk."""


class NarrowDisk:
    """A folder like any other, in which no file of the site may grow any more."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._limits = (resource.RLIM_INFINITY,) * 2

    def fill(self, site: WholeSite) -> None:
        self._limit(site, 4096)

    def make_room(self, site: WholeSite) -> None:
        self._limit(site, resource.RLIM_INFINITY)

    def take_in(self) -> None:
        """Called in a new process: no file of its may grow either."""
        resource.setrlimit(resource.RLIMIT_FSIZE, self._limits)

    def _limit(self, site: WholeSite, size: int) -> None:
        self._limits = (size, resource.RLIM_INFINITY)
        for process in site.processes():
            resource.prlimit(process, resource.RLIMIT_FSIZE, self._limits)


@cache
def can_mount() -> bool:
    """Whether this user may mount a file system: root may, unless it lives in a container."""
    with tempfile.TemporaryDirectory() as folder:
        return _mount(Path(folder)) and _unmount(Path(folder))


def _mount(folder: Path) -> bool:
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m,mode=700", "kapsite-test", str(folder)]
    return subprocess.run(command, capture_output=True).returncode == 0


def _unmount(folder: Path) -> bool:
    return subprocess.run(["umount", "--lazy", str(folder)], capture_output=True).returncode == 0


@contextmanager
def small_disk(folder: Path) -> Iterator[SmallDisk]:
    """A small disk at a folder, gone with all that it holds at the end of the block."""
    folder.mkdir()
    assert _mount(folder)
    try:
        yield SmallDisk(folder)
    finally:
        _unmount(folder)


@contextmanager
def narrow_disk(folder: Path) -> Iterator[NarrowDisk]:
    """A folder for which any user can make a disk seem full."""
    folder.mkdir()
    yield NarrowDisk(folder)
