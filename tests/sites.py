"""Sites of their own, beside the one that the test client talks to."""

import atexit
import itertools
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

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


def database_url(name: str) -> str:
    """The DATABASE_URL of a database beside that of the tests: its file, or its name."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@cache
def _finished_database() -> str:
    """The name of a PostgreSQL database that nobody touches, set up once for this process."""
    name = f"kapsite_finished_{uuid.uuid4().hex}"
    _tell_server("CREATE DATABASE {}", name)
    atexit.register(_tell_server, "DROP DATABASE {} WITH (FORCE)", name)
    # In a folder without any media its images get the same names as in a finished site.
    folder = Path(tempfile.mkdtemp(dir=settings.DATA_DIR))
    extra = {"DATABASE_URL": database_url(name), "OWNER_PASSWORD": OWNER_PASSWORD}
    done = manage(folder, "setup", **extra)
    assert done.returncode == 0, done.stderr
    return name


def _tell_server(statement: str, *names: str) -> None:
    """Let PostgreSQL do something with whole databases."""
    with psycopg.connect(database_url("postgres"), autocommit=True) as server:
        server.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def own_database(data_dir: Path, is_empty: bool = False) -> Iterator[str]:
    """The DATABASE_URL for a site in `data_dir` on the kind of database that the tests run on.

    On SQLite it is the file of the site; on PostgreSQL, a new database that is gone afterwards, as
    set-up leaves it unless it should be empty.
    """
    if connection.vendor == "sqlite":
        yield database_url(str(data_dir / "db.sqlite3"))
        return
    name = f"kapsite_{uuid.uuid4().hex}"
    if is_empty:
        _tell_server("CREATE DATABASE {}", name)
    else:
        _tell_server("CREATE DATABASE {} TEMPLATE {}", name, _finished_database())
    try:
        yield database_url(name)
    finally:
        _tell_server("DROP DATABASE {} WITH (FORCE)", name)


# Below those that the kernel gives to whoever calls somebody (32768 and up on Linux), and a range
# for each process of pytest-xdist: a port that was free a second ago stays so.
_PORTS = 2_000
_first_port = 10_000 + _PORTS * int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
_next_port = itertools.count(os.getpid())  # Another suite on this machine begins elsewhere.


def free_port() -> int:
    """A port that nobody listens at, and that no other test is given soon."""
    while True:
        port = _first_port + next(_next_port) % _PORTS
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def start(environ: dict[str, str], stderr: int | None = None) -> subprocess.Popen[str]:
    """Start the web server of a site as `make serve` does; its environment names the port.

    It leads a process group, so that its workers can be killed with it.
    """
    command = [sys.executable, "-m", "gunicorn", "-c", "kapsite/gunicorn.conf.py", "kapsite.wsgi"]
    return subprocess.Popen(
        command, cwd=BASE_DIR, env=environ, stderr=stderr, text=True, start_new_session=True
    )


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
