"""A copy of the project as a newcomer gets it, and `make` in it with an empty environment."""

import os
import re
import shutil
import signal
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.sites import free_port

ROOT = Path(__file__).resolve().parents[2]


def copy_project(folder: Path) -> None:
    """Clone the repository; while something is not committed yet, copy what stands there."""
    git = ["git", "-C", str(ROOT)]
    changed = subprocess.check_output([*git, "status", "--porcelain"], text=True)
    if not changed:
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(folder)], check=True)
        return
    listed = subprocess.check_output([*git, "ls-files", "-coz", "--exclude-standard"], text=True)
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def empty_environment() -> dict[str, str]:
    """What a new shell has, and what pip needs to find packages on this machine."""
    kept = {"HOME", "PATH"}
    return {k: v for k, v in os.environ.items() if k in kept or k.startswith("PIP_")}


@dataclass
class Run:
    """A `make` at work: what it has said so far and how it ends."""

    process: subprocess.Popen[bytes]
    log: Path
    started: float = field(default_factory=time.monotonic)

    @property
    def said(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def wait_for(self, text: str, seconds: float = 180) -> float:
        """Wait until it has said `text`; returns how long after the start that was."""
        while text not in self.said:
            took = time.monotonic() - self.started
            assert self.process.poll() is None, f"It ended before {text!r}:\n{self.said}"
            assert took < seconds, f"No {text!r} after {seconds} s:\n{self.said}"
            time.sleep(0.01)
        return time.monotonic() - self.started

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop it as Ctrl-C does: the signal reaches make and what it runs in the foreground."""
        os.killpg(self.process.pid, number)
        self.process.wait(timeout=30)


@dataclass
class Checkout:
    """A folder with the project in it."""

    folder: Path
    port: int = field(default_factory=free_port)
    data_dir: Path | None = None
    # How long its first start took, and what it said.
    first_start: float = 0
    first_words: str = ""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def environment(self, **more: str) -> dict[str, str]:
        """An empty environment with this checkout's port and data folder."""
        data = {"DATA_DIR": str(self.data_dir)} if self.data_dir else {}
        return {**empty_environment(), "PORT": str(self.port), **data, **more}

    def make(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run make to its end."""
        command, environment = ["make", *words], self.environment(**environment)
        return subprocess.run(
            command, cwd=self.folder, env=environment, capture_output=True, text=True, timeout=300
        )

    @contextmanager
    def start(self, target: str, **environment: str) -> Iterator[Run]:
        """Start make; at the end of the block nothing of it is left."""
        log = self.folder / "make.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                # A suite that was started in the background ignores Ctrl-C, and hands that on.
                ["env", "--default-signal=INT,HUP,TERM", "make", target],
                cwd=self.folder,
                env=self.environment(**environment),
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        try:
            yield Run(process, log)
        finally:
            self.pull_the_plug()
            process.wait()

    @contextmanager
    def serve(self, target: str = "serve", **environment: str) -> Iterator[Run]:
        """The site, from when it says where it is until it is stopped with Ctrl-C."""
        with self.start(target, **environment) as run:
            run.wait_for("Sign in: ")
            yield run
            if run.process.poll() is None:
                run.stop()

    def processes(self) -> list[int]:
        """All processes that work in this folder, in whatever session."""
        found = []
        for entry in Path("/proc").glob("[0-9]*/cwd"):
            try:
                if entry.readlink() == self.folder:
                    found.append(int(entry.parent.name))
            except OSError:  # It has ended, or it is not ours to look at.
                continue
        return found

    def pull_the_plug(self) -> None:
        """Kill every process of this checkout, as a power cut does."""
        while processes := self.processes():
            for process in processes:
                try:
                    os.kill(process, signal.SIGKILL)
                except ProcessLookupError:
                    continue
            time.sleep(0.02)

    def fetch(self, path: str) -> str:
        """The page at `path`; an error status raises."""
        return visit(urllib.request.build_opener(), self.address + path)[1]

    def signs_in(self, email: str, password: str) -> bool:
        """Whether these open the admin, through its own sign-in page."""
        browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        login, admin = f"{self.address}/admin/login/", f"{self.address}/admin/"
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', visit(browser, login)[1])
        assert token, "The sign-in page has no form."
        form = {"csrfmiddlewaretoken": token[1], "username": email, "password": password}
        browser.addheaders = [("Referer", login)]
        visit(browser, login, urllib.parse.urlencode(form).encode())
        return visit(browser, admin)[0] == admin


def visit(
    browser: urllib.request.OpenerDirector, address: str, form: bytes | None = None
) -> tuple[str, str]:
    """Where a browser arrives, and what it sees there."""
    with browser.open(address, form, timeout=60) as answer:
        return answer.geturl(), answer.read().decode()


def owners(said: str) -> list[tuple[str, str]]:
    """The `Owner: EMAIL PASSWORD` lines."""
    return re.findall(r"^Owner: (\S+) (\S+)$", said, re.M)
