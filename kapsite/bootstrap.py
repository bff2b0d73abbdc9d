"""From a fresh clone to a running site: what `make run` and its sisters start.

It runs before anything is installed, so it stands alone on the standard library. An old Python
must get as far as saying that it is too old: syntax and annotations keep to what 3.6 can read.

Whatever stops it, the next run goes on from there: `.venv` counts as whole only with its stamp,
which is written last, and is made anew without one. Runs at the same time wait for each other.
"""

import contextlib
import errno
import fcntl
import hashlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

OLDEST_PYTHON = (3, 11)
ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "kapsite-stamp"
# What each installation holds: development is a superset, so it serves a run as well.
INSTALLATIONS = {"runtime": ["runtime"], "development": ["development", "runtime"]}
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

GO_ON = "The next run of the same command goes on from here."
DISK_FULL = f"The disk is full. Make room: {GO_ON[0].lower()}{GO_ON[1:]}"
NO_NETWORK = f"No network: pip could not reach a package index. {GO_ON}"
NO_VENV = "This Python lacks the venv module. On Debian and Ubuntu: apt install python3-venv"
# What the output of pip and venv says about why they failed, most telling first.
FAILURES = {
    "No space left on device": DISK_FULL,
    "ensurepip is not|No module named '?(venv|ensurepip)": NO_VENV,
    "Permission denied|Read-only file system": f"No write access to {VENV}.",
    "DO NOT MATCH THE HASHES": "A package is not the one that we pinned; do not trust this index.",
    "connection broken|NewConnectionError|Max retries|[Tt]imed? ?out|name resolution": NO_NETWORK,
}


class Refusal(Exception):
    """Why we stop: one sentence for the person at the keyboard."""


def refuse_old_python(version: "tuple[int, int]", executable: str) -> None:
    """The site needs what Python has offered since OLDEST_PYTHON."""
    if version < OLDEST_PYTHON:
        oldest, found = ("{}.{}".format(*pair) for pair in (OLDEST_PYTHON, version))
        needs = f"This needs Python {oldest} or newer; found {found} at {executable}."
        raise Refusal(f"{needs} Set PYTHON=/path/to/python{oldest} (or newer).")


def refuse_unwritable(folder: Path) -> None:
    """Set-up would stop half way; the nearest folder that exists says so beforehand."""
    there = next(path for path in (folder, *folder.parents) if os.path.exists(str(path)))
    if not there.is_dir() or not os.access(str(there), os.W_OK | os.X_OK):
        raise Refusal(f"No write access to the folder {there}.")


def refuse_taken_port() -> None:
    """Asked before the long set-up, since nothing of it helps when the site cannot be served."""
    port = os.environ["PORT"]
    if not re.fullmatch("[0-9]{1,5}", port) or not 0 < int(port) < 65536:
        raise Refusal(f"PORT must be a number from 1 to 65535, not {port!r}.")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(port)))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            reason = "is in use. Stop what is there, or" if taken else "cannot be opened here;"
            raise Refusal(f"Port {port} {reason} choose another: PORT=8001 make run") from None


def read_environment() -> None:
    """Complete the environment from `.env` and our defaults; what is set already wins."""
    with contextlib.suppress(FileNotFoundError):
        for line in (ROOT / ".env").read_text(encoding="utf-8").splitlines():
            name, equals, value = line.strip().partition("=")
            if equals and not name.startswith("#"):
                os.environ.setdefault(name.strip(), value.strip().strip("\"'"))
    os.environ["PORT"] = os.environ.get("PORT") or "8000"
    # Said here, because honcho gives the worker and the clock a PORT of their own.
    site = os.environ.get("SITE_URL") or "http://127.0.0.1:" + os.environ["PORT"]
    os.environ["SITE_URL"] = site.rstrip("/")


@contextlib.contextmanager
def only_one_run() -> "Iterator[None]":
    """Hold a lock that our children inherit: one that outlives a killed set-up keeps it."""
    with Path(__file__).open(encoding="utf-8") as lock:
        os.set_inheritable(lock.fileno(), True)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("Another set-up is at work here; waiting for it to end.", flush=True)
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextlib.contextmanager
def child(
    command: "list[str]", settle: float = 0, **options: Any
) -> "Iterator[subprocess.Popen[str]]":
    """A process that does not outlive the block, though it is left alone for `settle` seconds.

    It has a session of its own, so that Ctrl-C reaches only us and shows no traceback of it.
    """
    started = time.monotonic()
    options.update(close_fds=False, start_new_session=True)
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                for number in STOP_SIGNALS:
                    signal.signal(number, signal.SIG_IGN)
                time.sleep(max(0, started + settle - time.monotonic()))
                os.killpg(process.pid, signal.SIGTERM)
                process.wait()


def lines_of(command: "list[str]", complaint: str) -> "Generator[str, None, None]":
    """What a command says, line by line; when it fails, its reason or its last lines."""
    said = []
    pipe = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    with child(command, 0, encoding="utf-8", errors="replace", **pipe) as process:
        for line in process.stdout or ():
            said.append(line.rstrip())
            yield line
        process.wait()
    if process.returncode:
        for pattern, sentence in FAILURES.items():
            if re.search(pattern, "\n".join(said)):
                raise Refusal(sentence)
        raise Refusal("\n  ".join([f"{complaint}; the last lines:", *said[-8:]]))


def stamp_lines(installation: str) -> "list[str]":
    """What `.venv` is made of: interpreter, place (its scripts hold the path), requirements."""
    lines = ["python {}.{} in {}".format(*sys.version_info[:2], VENV)]
    for name in INSTALLATIONS[installation]:
        digest = hashlib.sha256((REQUIREMENTS / f"{name}.txt").read_bytes()).hexdigest()
        lines.append(f"{name} {digest}")
    return lines


def read_stamp() -> "list[str]":
    """The stamp's lines; none when there is no whole environment."""
    is_whole = STAMP.exists() and PYTHON.exists()
    return STAMP.read_text(encoding="utf-8").splitlines() if is_whole else []


def is_installed(installation: str) -> bool:
    """Whether `.venv` holds the installation, whatever else it holds."""
    return set(stamp_lines(installation)[:2]) <= set(read_stamp())


def install(installation: str, steps: int) -> None:
    """Bring `.venv` to what the requirements say; at once when it is there already."""
    if is_installed(installation):
        return
    refuse_unwritable(VENV)
    lines = stamp_lines(installation)
    is_reusable = lines[0] in read_stamp()
    with contextlib.suppress(FileNotFoundError):
        STAMP.unlink()
    if not is_reusable:
        print(f"[1/{steps}] Making the virtual environment", flush=True)
        venv = [sys.executable, "-I", "-m", "venv", "--clear", str(VENV)]
        list(lines_of(venv, "The virtual environment could not be made"))
    run_pip(REQUIREMENTS / f"{installation}.txt", f"[2/{steps}] Installing packages")
    STAMP.write_text("\n".join(lines) + "\n", encoding="utf-8")


def run_pip(requirements: Path, title: str) -> None:
    """Install with pip, as it is configured on this machine, and count the packages."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--no-input"]
    pip += ["--no-user", "--progress-bar", "off", "--require-hashes", "-r", str(requirements)]
    total = len(re.findall(r"^\w\S*==", requirements.read_text(encoding="utf-8"), re.M))
    done = 0
    with contextlib.closing(lines_of(pip, "pip could not install the packages")) as lines:
        for line in lines:
            if line.startswith(("Collecting", "Ignoring", "Requirement already")):
                done = min(done + 1, total)
                show(f"{title} {done}/{total}", is_milestone=done % 20 == 1)
            elif line.startswith("Installing collected"):
                show(f"{title} {total}/{total}, unpacking them\n")


def show(text: str, is_milestone: bool = True) -> None:
    """One line that changes on a terminal; on a pipe, a line for each milestone."""
    if sys.stdout.isatty():
        print(f"\033[K{text}", end="\r", flush=True)
    elif is_milestone:
        print(text.rstrip(), flush=True)


def setup() -> None:
    """Everything but serving: packages, then what `manage.py setup` makes."""
    read_environment()
    refuse_unwritable(ROOT / (os.environ.get("DATA_DIR") or "var"))
    with only_one_run():
        install("runtime", steps=3)
        print("[3/3] Setting up the site", flush=True)
        with child([str(PYTHON), "manage.py", "setup"]) as process:
            process.wait()
    if process.returncode:
        raise Refusal(f"The set-up of the site stopped; the lines above say why. {GO_ON}")


def site_answers() -> bool:
    """Whether the web server is up; what it answers is for the site's own checks."""
    host = urlsplit(os.environ["SITE_URL"]).netloc
    server = http.client.HTTPConnection("127.0.0.1", int(os.environ["PORT"]), timeout=5)
    with contextlib.closing(server), contextlib.suppress(OSError, http.client.HTTPException):
        server.request("GET", "/healthz", headers={"Host": host})
        return server.getresponse().status < 500
    return False


def serve() -> None:
    """Run the Procfile until told to stop; say where the site is once it answers."""
    read_environment()
    refuse_taken_port()
    if not is_installed("runtime"):
        raise Refusal("The packages are not installed. Run `make setup` first.")
    os.environ["PATH"] = f"{PYTHON.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    os.environ["PYTHONUNBUFFERED"] = "1"
    site, owner = os.environ["SITE_URL"], os.environ.get("OWNER_EMAIL") or "owner@example.org"
    owner += " (the password was shown when the account was made)"
    honcho = [str(PYTHON), "-m", "honcho", "--env", os.devnull, "--procfile", "Procfile", "start"]
    try:
        # Told to stop before it knows all its processes, honcho would leave them running.
        with child(honcho, settle=2) as process:
            while process.poll() is None and not site_answers():
                time.sleep(0.1)
            if process.poll() is None:
                print(f"Site:   {site}/\nAdmin:  {site}/admin/\nSign in: {owner}", flush=True)
            process.wait()
    except KeyboardInterrupt:
        return
    raise Refusal("A process of the site ended, so the others were stopped; see the lines above.")


def run() -> None:
    """Set up, then serve."""
    read_environment()
    refuse_taken_port()
    setup()
    serve()


def packages() -> None:
    """Install what the site needs, and nothing else: for a machine where others set it up."""
    with only_one_run():
        install("runtime", steps=2)


def development() -> None:
    """Install what tests, checks and benchmarks need."""
    with only_one_run():
        install("development", steps=2)


def main(command: str) -> None:
    """Run the command; whatever stops it is one sentence on standard error."""
    commands = {action.__name__: action for action in (setup, serve, run, packages, development)}
    for number in STOP_SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler)
    for name in ("PYTHONHOME", "PYTHONPATH"):
        os.environ.pop(name, None)
    try:
        refuse_old_python(sys.version_info[:2], sys.executable)
        os.chdir(str(ROOT))
        commands[command]()
    except Refusal as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit(f"Stopped. {GO_ON}")
    except OSError as error:
        known = {errno.ENOSPC: DISK_FULL, errno.EACCES: f"No write access to {error.filename}."}
        if error.errno not in known:
            raise
        sys.exit(known[error.errno])


if __name__ == "__main__":
    main(sys.argv[1])
