"""Start what is compared: the same gunicorn with the same workers, on loopback."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LONGEST_START = 30.0  # seconds


def free_port() -> int:
    """A port of this machine that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


@contextmanager
def gunicorn(application: str, **environ: str) -> Iterator[int]:
    """Serve `application` with the site's own gunicorn settings; gives the port.

    Raises RuntimeError when it does not answer within 30 seconds.
    """
    port = free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", "kapsite/gunicorn.conf.py", application]
    env = os.environ | environ | {"PORT": str(port), "SITE_URL": f"http://127.0.0.1:{port}"}
    env["GUNICORN_CMD_ARGS"] = "--max-requests 0"  # Nobody is recycled in the middle of a round.
    process = subprocess.Popen(command, cwd=ROOT, env=env, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port
    finally:
        process.terminate()
        process.wait()


def set_up(folder: Path) -> dict[str, str]:
    """Make a site with starter content in `folder`; gives the environment that it is served with.

    Raises CalledProcessError when set-up fails.
    """
    data = {"DATA_DIR": str(folder / "var")}
    print("Setting up a site with starter content…", flush=True)
    subprocess.run(
        [sys.executable, "manage.py", "setup"],
        cwd=ROOT, env=os.environ | data, check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return data


def fetch(port: int, path: str) -> bytes:
    """The body at `path`. Raises RuntimeError for any answer but 200."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    if response.status != 200:
        raise RuntimeError(f"{path} answered {response.status}")
    return body


def _wait_for(port: int) -> None:
    end = time.monotonic() + LONGEST_START
    while time.monotonic() < end:
        try:
            HTTPConnection("127.0.0.1", port, timeout=5).connect()
            return
        except (OSError, HTTPException):
            time.sleep(0.1)
    raise RuntimeError("The server did not start.")
