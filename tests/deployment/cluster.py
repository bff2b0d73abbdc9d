"""Two real PostgreSQL servers: one that takes writes, and one that follows each of them."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.sites import free_port

VERSIONS = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name))
BIN = VERSIONS[-1] if VERSIONS else None
# PostgreSQL refuses to run as root.
AS_POSTGRES = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def run(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs. Raises CalledProcessError with what it said."""
    done = subprocess.run(
        [*AS_POSTGRES, f"{BIN}/{program}", *arguments], capture_output=True, text=True, cwd="/"
    )
    assert done.returncode == 0, done.stdout + done.stderr


class Server:
    """One server in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder, free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def make_folder(self) -> None:
        self.data.mkdir(mode=0o700)
        if AS_POSTGRES:
            shutil.chown(self.data, "postgres")

    def make(self) -> None:
        """Make an empty database cluster."""
        self.make_folder()
        run("initdb", f"--pgdata={self.data}", "--username=kapsite", "--auth=trust", "-N",
            "--encoding=UTF8")  # fmt: skip

    def start(self) -> None:
        """Start it in a process group of its own and wait until it answers."""
        options = ["-h", "127.0.0.1", "-p", str(self.port), "-k", str(self.data)]
        self.process = subprocess.Popen(
            [*AS_POSTGRES, f"{BIN}/postgres", "-D", str(self.data), *options],
            cwd="/", stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        for _ in range(200):
            try:
                self.ask("SELECT 1")
            except psycopg.OperationalError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("PostgreSQL did not start.")

    def ask(self, query: str) -> object:
        """The first column of the first row."""
        url = f"postgres://kapsite@127.0.0.1:{self.port}/postgres"
        with psycopg.connect(url, autocommit=True) as connection:
            cursor = connection.execute(query.encode())
            row = cursor.fetchone() if cursor.description else None
            return row and row[0]

    def wait_until(self, query: str) -> None:
        """Wait until a query says yes."""
        for _ in range(300):
            if self.ask(query):
                return
            time.sleep(0.1)
        raise TimeoutError(query)

    def restart(self) -> None:
        """Stop it at once, without a word to whoever is at work, and start it again."""
        run("pg_ctl", "stop", f"--pgdata={self.data}", "--mode=immediate", "--wait")
        if self.process:
            self.process.wait()
        self.start()

    def kill(self) -> None:
        """Kill every process of it at once, as a machine does that loses its power."""
        if self.process and self.process.poll() is None:
            main = int((self.data / "postmaster.pid").read_text().split()[0])
            for child in children(main):
                os.kill(child, signal.SIGKILL)
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def children(parent: int) -> list[int]:
    """The main process and those that it has made, which lead groups of their own."""
    made = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [parent, *map(int, made)]


@contextmanager
def a_server() -> Iterator[Server]:
    """One server, running."""
    with tempfile.TemporaryDirectory(prefix="kapsite-cluster-") as name:
        Path(name).chmod(0o755)
        server = Server(Path(name) / "only")
        try:
            server.make()
            server.start()
            yield server
        finally:
            server.kill()


@contextmanager
def primary_and_standby() -> Iterator[tuple[Server, Server]]:
    """A primary whose commits wait for the standby, both running."""
    with tempfile.TemporaryDirectory(prefix="kapsite-cluster-") as name:
        Path(name).chmod(0o755)
        yield from _both_running(Path(name))


def _both_running(folder: Path) -> Iterator[tuple[Server, Server]]:
    primary, standby = Server(folder / "primary"), Server(folder / "standby")
    try:
        primary.make()
        standby.make_folder()
        primary.start()
        source = f"host=127.0.0.1 port={primary.port} user=kapsite application_name=standby"
        run("pg_basebackup", f"--pgdata={standby.data}", "-R", f"--dbname={source}", "-c", "fast")
        standby.start()
        primary.ask("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        primary.ask("SELECT pg_reload_conf()")
        primary.wait_until("SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'")
        yield primary, standby
    finally:
        primary.kill()
        standby.kill()
