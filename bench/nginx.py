"""nginx with a plain file, and nginx in front of our site through `deploy/nginx.conf`."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .servers import ROOT, free_port, running

NGINX = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
OURS = ROOT / "deploy/nginx.conf"
# The file is sent as it is: its bytes are compressed already.
PLAIN = """
http {{
    access_log off;
    sendfile on;
    tcp_nopush on;
    open_file_cache max=100;
    server {{
        listen 127.0.0.1:{port};
        root {root};
        default_type "text/html; charset=utf-8";
        location / {{ try_files /body =404; add_header Content-Encoding {encoding}; }}
    }}
}}
"""
FRAME = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 256; }}
{http}
"""


def missing() -> list[str]:
    """What is not there of what the rows need, in words."""
    return [
        words
        for words, is_there in (("nginx is not installed", NGINX), (f"no {OURS.name}", OURS.exists()))
        if not is_there
    ]


@contextmanager
def serving(folder: Path, http: str, port: int) -> Iterator[int]:
    """Serve with the `http` part of a configuration; gives the port."""
    folder.mkdir()
    (folder / "nginx.conf").write_text(FRAME.format(folder=folder, http=http), encoding="utf-8")
    command = [str(NGINX), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    with running(command, port, folder, dict(os.environ)):
        yield port


@contextmanager
def plain_file(folder: Path, body: bytes, encoding: str) -> Iterator[int]:
    """Serve the bytes of one answer; gives the port."""
    port = free_port()
    root = folder.with_name(f"{folder.name}-root")
    root.mkdir()
    (root / "body").write_bytes(body)
    # nginx begins as root and reads as nobody.
    for path in (root, *root.parents):
        if path != Path("/") and os.access(path, os.W_OK) and path.is_relative_to("/tmp"):
            path.chmod(path.stat().st_mode | 0o011) if path != Path("/tmp") else None
    with serving(folder, PLAIN.format(port=port, root=root, encoding=encoding), port):
        yield port


def adapted(configuration: str, port: int, upstream: int, folder: Path) -> str:
    """Our configuration for loopback: its ports and paths changed, TLS left out, the rest kept.

    The rate limits go, too: there are as many visitors here as there are connections, all with
    one address.
    """
    for pattern, new in (
        (r"listen [^;]*;", f"listen 127.0.0.1:{port};"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream}"),
        (r"^\s*(ssl_\w+|http2|server_name|limit_req|limit_conn|limit_req_status) [^;]*;\n", ""),
        (r"(proxy_cache_path) \S+", rf"\1 {folder}/cache"),
        (r"access_log [^;]*;", "access_log off;"),
        (r"error_log [^;]*;", f"error_log {folder}/error.log;"),
    ):
        configuration = re.sub(pattern, new, configuration, flags=re.MULTILINE)
    return configuration


@contextmanager
def in_front(folder: Path, upstream: int) -> Iterator[int]:
    """Serve our site, at port `upstream`, through our own configuration; gives the port."""
    port = free_port()
    text = adapted(OURS.read_text(encoding="utf-8"), port, upstream, folder)
    with serving(folder, f"http {{\n{text}\n}}", port):
        yield port
