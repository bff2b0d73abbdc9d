"""A real nginx with the delivered `deploy/nginx.conf`, in front of a real gunicorn."""

import http.client
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from kapsite.secretfile import BASE_DIR
from tests.sites import free_port, make_site, manage, own_environment, start, wait_for

NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
DELIVERED = BASE_DIR / "deploy" / "nginx.conf"
NAME = "www.example.org"
# Of each test that needs one: skipped without nginx, but not in CI, and one process has them all.
MARKS = [
    pytest.mark.skipif(
        not NGINX and not os.environ.get("REQUIRE_ALL"),
        reason="nginx was not found. Install it (Debian: apt install nginx-light)",
    ),
    pytest.mark.xdist_group("nginx"),
]
# Two seconds are what we promise; a machine that is busy with other tests gets more.
SOON = 8.0
# What nginx.conf of a distribution has around a site file, as far as a run without rights needs it.
AROUND = """
{user} daemon off; worker_processes 2; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    types {{ text/html html; text/css css; application/javascript js; image/svg+xml svg; }}
    {temporary}
    include {folder}/site.conf;
}}
"""


class Got(NamedTuple):
    """What a visitor gets."""

    status: int
    headers: dict[str, str]  # Names in lower case.
    body: bytes

    @property
    def from_the_site(self) -> bool:
        """Whether nginx asked the site for it."""
        return self.headers.get("x-cache") not in {"HIT", "STALE", "UPDATING", "REVALIDATED"}


class Front:
    """The site behind nginx: both are real, and either can be stopped."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site = make_site(folder / "site")
        self.tls, self.plain, self.behind = free_port(), free_port(), free_port()
        self.environ = {
            "SITE_URL": f"https://{NAME}", "TRUSTED_PROXIES": "1", "PORT": str(self.behind),
        }  # fmt: skip
        self.gunicorn: subprocess.Popen[str] | None = None
        make_certificate(folder)
        self.configuration = folder / "nginx.conf"
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("proxy", "fastcgi", "uwsgi", "scgi")
        )
        self.configuration.write_text(
            AROUND.format(
                folder=folder,
                # Root would hand its workers to somebody who may not read this folder.
                user="" if os.geteuid() else "user root;",
                temporary=temporary + f"client_body_temp_path {folder}/body;",
            )
        )
        (folder / "site.conf").write_text(self.adapted(DELIVERED.read_text()))

    def adapted(self, text: str) -> str:
        """The delivered file with the ports and folders of this test, and nothing else changed."""
        text = re.sub(r"listen \[::\]:\d+[^;]*;", "", text)
        for delivered, here in {
            "listen 443": f"listen 127.0.0.1:{self.tls}",
            "listen 80": f"listen 127.0.0.1:{self.plain}",
            "127.0.0.1:8000": f"127.0.0.1:{self.behind}",
            f"/etc/letsencrypt/live/{NAME}": str(self.folder),
            "/var/lib/nginx/kapsite": str(self.folder / "cache"),
            "/var/log/nginx": str(self.folder),
            "/srv/kapsite/var": str(self.site),
            "/srv/kapsite": str(BASE_DIR),
        }.items():
            assert delivered in text, f"{delivered} is no longer in the delivered file"
            text = text.replace(delivered, here)
        return text

    def command(self, *more: str) -> list[str]:
        return [str(NGINX), "-p", str(self.folder), "-c", str(self.configuration), *more]

    def start_site(self) -> None:
        self.gunicorn = start(own_environment(self.site, **self.environ))
        wait_for(self.gunicorn, self.behind)

    def stop_site(self) -> None:
        assert self.gunicorn
        with suppress(ProcessLookupError):  # A test may have stopped it.
            os.killpg(self.gunicorn.pid, signal.SIGKILL)
        self.gunicorn.wait()

    def change(self, code: str) -> None:
        """Do in a process of its own what staff do."""
        done = manage(self.site, "shell", "-v0", "-c", code, **self.environ)
        assert done.returncode == 0, done.stderr

    @contextmanager
    def running(self) -> Iterator["Front"]:
        """Both servers run while the block does."""
        self.start_site()
        server = subprocess.Popen(self.command(), text=True)
        try:
            wait_for(server, self.tls)
            yield self
        finally:
            server.terminate()
            server.wait()
            self.stop_site()

    def get(self, path: str, *, method: str = "GET", body: bytes = b"", name: str = NAME,
            source: str = "127.0.0.1", host: str = "", **headers: str) -> Got:  # fmt: skip
        """Ask nginx over TLS, from an address of this machine's loopback network."""
        context = ssl.create_default_context(cafile=self.folder / "fullchain.pem")
        raw = socket.create_connection(
            ("127.0.0.1", self.tls), timeout=30, source_address=(source, 0)
        )
        connection = http.client.HTTPSConnection(NAME)
        connection.sock = context.wrap_socket(raw, server_hostname=name)
        return ask(connection, method, path, body, {"Host": host or NAME} | headers)

    def get_plain(self, path: str, host: str = NAME) -> Got:
        """Ask nginx without TLS."""
        connection = http.client.HTTPConnection("127.0.0.1", self.plain, timeout=30)
        return ask(connection, "GET", path, b"", {"Host": host})

    def ask_site(self, path: str, **headers: str) -> Got:
        """Ask gunicorn, as nginx would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.behind, timeout=30)
        ours = {"Host": NAME, "X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1"}
        return ask(connection, "GET", path, b"", ours | headers)


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    body: bytes,
    headers: dict[str, str],
) -> Got:
    """The answer to one request; underscores in headers' names are hyphens."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        connection.request(method, path, body or None, named)
        response = connection.getresponse()
        lines = {name.lower(): value for name, value in response.getheaders()}
        return Got(response.status, lines, response.read())
    finally:
        connection.close()


def make_certificate(folder: Path) -> None:
    """A certificate for the name, which nobody but this test believes."""
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
        "-nodes", "-days", "2", "-subj", f"/CN={NAME}", "-addext", f"subjectAltName=DNS:{NAME}",
        "-keyout", "privkey.pem", "-out", "fullchain.pem",
    ]  # fmt: skip
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
