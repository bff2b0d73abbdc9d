"""The whole site as its Procfile runs it: web server, worker and clock, and a power cut for all."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from kapsite.secretfile import BASE_DIR
from tests.crowds import Site
from tests.sites import own_environment, wait_for


class WholeSite(Site):
    """A site of its own, of which every process can be killed at once.

    They are known by DATA_DIR in their environment, whoever has started them.
    """

    def __init__(self, folder: Path, database: str, **extra: str) -> None:
        super().__init__(folder, database)
        self.extra |= extra

    @property
    def environment(self) -> dict[str, str]:
        # Programs are found as `make serve` finds them: those of this Python first.
        path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
        return own_environment(self.folder, PATH=path, **self.extra)

    def begin(self, *command: str) -> "subprocess.Popen[str]":
        """Start a management command beside the site."""
        return self._start("manage.py", *command)

    def begin_serving(self) -> "subprocess.Popen[str]":
        """Start what the Procfile names, as `make serve` does."""
        honcho = ["--env", os.devnull, "--procfile", "Procfile", "start"]
        return self._start("-m", "honcho", *honcho)

    def _start(self, *arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [sys.executable, *arguments], cwd=BASE_DIR, env=self.environment, text=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip

    @contextmanager
    def running(self, *commands: list[str]) -> Iterator[list["subprocess.Popen[str]"]]:
        """The site and management commands beside it; at the end of the block all are killed."""
        site = self.begin_serving()
        others = [self.begin(*command) for command in commands]
        try:
            wait_for(site, self.port)
            yield others
        finally:
            self.pull_the_plug()
            for process in (site, *others):
                process.wait()

    def pull_the_plug(self) -> None:
        """Kill every process of this site, as a power cut does."""
        while processes := self.processes():
            for process in processes:
                with suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.01)
        # Who dies has no environment any more, and may hold the port for a moment longer.
        while self._is_listening():
            time.sleep(0.01)

    def _is_listening(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        except OSError as error:
            return not isinstance(error, ConnectionRefusedError)
        return True

    def processes(self) -> list[int]:
        """All of this site's processes that are alive."""
        return [int(path.parent.name) for path in Path("/proc").glob("[0-9]*/environ")
                if self._is_ours(path)]  # fmt: skip

    def _is_ours(self, environ: Path) -> bool:
        with suppress(OSError):
            return f"DATA_DIR={self.folder}".encode() in environ.read_bytes().split(b"\0")
        return False
