"""Sites of their own, beside the one that the test client talks to."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from django.conf import settings

from kapsite.secretfile import BASE_DIR

OWNER_PASSWORD = "a long phrase to sign in with"


def own_environment(data_dir: Path, **extra: str) -> dict[str, str]:
    """The environment of a local site in `data_dir`, on SQLite, with the secrets of this run."""
    taken = {"DATABASE_URL", "SITE_URL", "EMAIL_URL"}
    environ = {name: value for name, value in os.environ.items() if name not in taken}
    return environ | {"DATA_DIR": str(data_dir)} | extra


def manage(data_dir: Path, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a management command on the site in `data_dir`."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE_DIR,
        env=own_environment(data_dir, **extra),
        capture_output=True,
        text=True,
    )


@cache
def _finished_site() -> Path:
    """A site that nobody touches, set up once."""
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    done = manage(folder, "setup", OWNER_PASSWORD=OWNER_PASSWORD)
    assert done.returncode == 0, done.stderr
    return folder


def make_site(data_dir: Path) -> Path:
    """Put a site as set-up makes it into `data_dir` and return the folder."""
    return shutil.copytree(_finished_site(), data_dir, dirs_exist_ok=True)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def start(environ: dict[str, str], stderr: int | None = None) -> subprocess.Popen[str]:
    """Start the web server of a site as `make serve` does; its environment names the port."""
    command = [sys.executable, "-m", "gunicorn", "-c", "kapsite/gunicorn.conf.py", "kapsite.wsgi"]
    return subprocess.Popen(command, cwd=BASE_DIR, env=environ, stderr=stderr, text=True)


@contextmanager
def serve(data_dir: Path, **extra: str) -> Iterator[str]:
    """Serve the site in `data_dir` while the block runs; gives its address."""
    port = free_port()
    server = start(own_environment(data_dir, PORT=str(port), **extra))
    try:
        wait_for(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def wait_for(server: subprocess.Popen[str], port: int) -> None:
    """Return once the server listens. Raises TimeoutError after 60 s, and when it has ended."""
    for _ in range(600):
        if server.poll() is not None:
            break
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise TimeoutError("The site did not start.")
