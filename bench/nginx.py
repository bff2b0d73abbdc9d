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
"""
FRAME = """
{user}
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 2;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
}}
"""


def missing() -> list[str]:
    """What is not there of what the rows need, in words."""
    needed = {"nginx is not installed": bool(NGINX), f"no deploy/{OURS.name}": OURS.exists()}
    return [words for words, is_there in needed.items() if not is_there]


@contextmanager
def serving(folder: Path, http: str, port: int) -> Iterator[int]:
    """Serve with the `http` part of a configuration; gives the port."""
    folder.mkdir()
    # What root starts would give itself to a user who may not read a temporary folder.
    user = "user root;" if os.geteuid() == 0 else ""
    text = FRAME.format(folder=folder, http=http, user=user)
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
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
    with serving(folder, PLAIN.format(port=port, root=root, encoding=encoding), port):
        yield port


def adapted(configuration: str, port: int, upstream: int, folder: Path) -> str:
    """Our configuration for loopback: ports and paths changed, TLS left out, the rest kept.

    Of the servers in it the last counts, which is the site's. The limits stay, with their cost,
    but so high that one address may be a crowd.
    """
    shared, *_servers, site = configuration.split("\nserver {")
    site = re.sub(r"^\s*listen [^;]*;", "", site, flags=re.MULTILINE)
    text = f"{shared}\nserver {{\n    listen 127.0.0.1:{port};{site}"
    for pattern, new in (
        (r"^\s*(ssl_\w+|server_name) [^;]*;", ""),
        (r"rate=\d+r/[sm]", "rate=1000000r/s"),
        (r"127\.0\.0\.1:8000", f"127.0.0.1:{upstream}"),
        (r"(proxy_cache_path) \S+", rf"\1 {folder}/cache"),
        (r"^(\s*error_log) \S+", rf"\1 {folder}/error.log"),
    ):
        text = re.sub(pattern, new, text, flags=re.MULTILINE)
    return text


@contextmanager
def in_front(folder: Path, upstream: int) -> Iterator[int]:
    """Serve our site, at port `upstream`, through our own configuration; gives the port."""
    port = free_port()
    text = adapted(OURS.read_text(encoding="utf-8"), port, upstream, folder)
    with serving(folder, text, port):
        yield port
