"""PostgreSQL's own tools: which of them to take, and how to run them without showing a password."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
from django.db import connection

from .trouble import BackupError

# Where Debian keeps one folder for each version.
FOLDERS = Path("/usr/lib/postgresql")


def tool(name: str) -> str:
    """The path of a tool that is made for the server's version, or the newest above it.

    Raises BackupError where there is none: an older tool refuses a newer server.
    """
    server = connection.cursor().connection.info.server_version // 10_000
    found = [shutil.which(name), *map(str, FOLDERS.glob(f"*/bin/{name}"))]
    versions = {path: _version(path) for path in found if path}
    fitting = {path: version for path, version in versions.items() if version >= server}
    if not fitting:
        older = ", only an older one" if versions else ""
        raise BackupError(
            f"There is no {name} for PostgreSQL {server} here{older} (Debian: apt install "
            f"postgresql-client-{server})."
        )
    return max(fitting, key=lambda path: (fitting[path] == server, fitting[path]))


def _version(path: str) -> int:
    """The main version of a tool; 0 where it does not say."""
    try:
        said = subprocess.run([path, "--version"], capture_output=True, text=True).stdout
    except OSError:
        return 0
    number = re.search(r"(\d+)[.\d]*", said)
    return int(number[1]) if number else 0


def _environment() -> dict[str, str]:
    """How to reach the configured database. By environment: arguments show in process lists."""
    parameters: dict[str, Any] = connection.get_connection_params()
    known = psycopg.pq.Conninfo.get_defaults()
    given = {
        option.envvar.decode(): str(parameters[option.keyword.decode()])
        for option in known
        if option.envvar and parameters.get(option.keyword.decode()) is not None
    }
    return os.environ | given


@contextmanager
def dumping(*options: str) -> Iterator[IO[bytes]]:
    """What `pg_dump` writes, to be read to its end. Raises BackupError when it fails."""
    command = [tool("pg_dump"), "--format=custom", *options]
    with _running(command) as process:
        assert process.stdout is not None  # noqa: S101 - a pipe was asked for
        yield process.stdout


@contextmanager
def restoring() -> Iterator[IO[bytes]]:
    """Where to write a dump that `pg_restore` puts in place, wholly or not at all.

    Raises BackupError when it fails.
    """
    command = [
        tool("pg_restore"),
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
        f"--dbname={connection.settings_dict['NAME']}",
    ]
    with _running(command) as process:
        assert process.stdin is not None  # noqa: S101 - a pipe was asked for
        try:
            yield process.stdin
            process.stdin.close()
        except BrokenPipeError:
            pass  # It has ended, and says why.


@contextmanager
def _running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    """A tool at work, with pipes to it and from it. Raises BackupError when it fails."""
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile() as said:
        with subprocess.Popen(
            command, env=_environment(), stdin=pipe, stdout=pipe, stderr=said
        ) as process:
            try:
                yield process
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            said.seek(0)
            # The first line only: the others may quote a row.
            reason = said.read(10_000).decode(errors="replace").strip().partition("\n")[0]
            raise BackupError(f"PostgreSQL refuses. {reason}")
