"""Start what is compared: the same gunicorn with the same workers, on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NOWHERE = Path(os.devnull)
LONGEST_START = 30.0  # seconds


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def gunicorn(
    application: str, project: Path = ROOT, log: Path = NOWHERE, /, **environ: str
) -> Iterator[int]:
    """Serve an application of a project with the site's own gunicorn settings; gives the port.

    Its address is this port of loopback, unless `environ` names another. `log` gets what it says.

    Raises RuntimeError when it does not answer within 30 seconds.
    """
    port = free_port()
    settings = str(ROOT / "kapsite/gunicorn.conf.py")
    command = [sys.executable, "-m", "gunicorn", "-c", settings, application]
    env = os.environ | {"SITE_URL": f"http://127.0.0.1:{port}"} | environ | {"PORT": str(port)}
    env["PYTHONPATH"] = str(ROOT)
    env["GUNICORN_CMD_ARGS"] = "--max-requests 0"  # Nobody is recycled in the middle of a round.
    with running(command, port, project, env, log):
        yield port


@contextmanager
def running(
    command: list[str], port: int, folder: Path, env: dict[str, str], log: Path = NOWHERE
) -> Iterator[int]:
    """Run a server while the block runs; gives its process id.

    Raises RuntimeError when it does not listen at the port within 30 seconds.
    """
    with log.open("w") as file:
        process = subprocess.Popen(command, cwd=folder, env=env, stdout=file, stderr=file)
    try:
        _wait_for(port)
        yield process.pid
    finally:
        process.terminate()
        process.wait()


def set_up(folder: Path, **environ: str) -> dict[str, str]:
    """Make a site with starter content in `folder`; gives the environment that it is served with.

    Raises CalledProcessError when set-up fails.
    """
    data = {"DATA_DIR": str(folder / "var")} | environ
    print("Setting up a site with starter content…", flush=True)
    subprocess.run(
        [sys.executable, "manage.py", "setup"],
        cwd=ROOT, env=os.environ | data, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return data


def _wait_for(port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")
