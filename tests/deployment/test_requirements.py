"""Every package is pinned, hashed and asked for; no file names a registry."""

import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from requirements import audit, document

from .checkout import ROOT

FOLDER = ROOT / "requirements"
NAMES = ["runtime", "development"]
GROUP = """
import os, pathlib, pytest

@pytest.mark.xdist_group("one")
@pytest.mark.parametrize("number", range(8))
def test_that_shares(number):
    pathlib.Path(os.environ["PYTEST_XDIST_WORKER"]).touch()
"""


def pins(name: str) -> dict[str, tuple[Version, list[str]]]:
    """Each pinned package with its version and hashes."""
    blocks = re.split(r"\n(?=\w)", "\n" + (FOLDER / f"{name}.txt").read_text())
    found: dict[str, tuple[Version, list[str]]] = {}
    for block in blocks:
        if pin := re.match(r"([\w.-]+)(?:\[[\w,]+\])?==([\w.!+-]+)", block.strip()):
            hashes = re.findall(r"--hash=sha256:[0-9a-f]{64}", block)
            found[canonicalize_name(pin[1])] = (Version(pin[2]), hashes)
    return found


def wishes(name: str) -> list[Requirement]:
    """What the .in file asks for by name."""
    lines = (FOLDER / f"{name}.in").read_text().splitlines()
    return [Requirement(line.split("#")[0]) for line in lines if re.match(r"\w", line)]


@pytest.mark.parametrize("name", NAMES)
def test_every_wish_is_met_by_a_pin(name: str) -> None:
    pinned = pins(name)
    for wish in wishes(name):
        version, _ = pinned[canonicalize_name(wish.name)]
        assert wish.specifier.contains(version), wish


@pytest.mark.parametrize("name", NAMES)
def test_every_pin_has_hashes(name: str) -> None:
    assert all(hashes for _, hashes in pins(name).values())


def test_development_holds_the_runtime_as_it_is() -> None:
    runtime, development = pins("runtime"), pins("development")
    assert runtime == {name: development.get(name) for name in runtime}


def test_tests_that_share_something_run_in_one_process(tmp_path: Path) -> None:
    """It takes a pytest and a pytest-xdist that understand each other: others say nothing."""
    (tmp_path / "test_group.py").write_text(GROUP)
    environ = {name: value for name, value in os.environ.items() if "PYTEST" not in name}
    command = [sys.executable, "-m", "pytest", "-p", "no:django", "-n", "2", "--dist", "loadgroup"]
    subprocess.run(command, cwd=tmp_path, env=environ, check=True, capture_output=True)
    assert len(list(tmp_path.glob("gw*"))) == 1


def test_no_file_names_a_registry() -> None:
    for path in (*FOLDER.glob("*.txt"), *FOLDER.glob("*.in")):
        lines = [line.split("#")[0] for line in path.read_text().splitlines()]
        assert not re.search(r"://|index-url|find-links|trusted-host", "\n".join(lines)), path


def test_page_of_dependencies_says_what_is_pinned() -> None:
    assert document.PAGE.read_text() == document.page(), "Run `make requirements`."


def test_everything_chosen_has_its_reason() -> None:
    assert {canonicalize_name(wish.name) for wish in wishes("runtime")} == set(document.reasons())


def test_every_licence_is_one_that_a_practice_can_live_with() -> None:
    free = re.compile(r"MIT|BSD|Apache|ISC|PSF|MPL|LGPL|OFL")
    assert [name for name in document.pins() if not free.search(document.licence(name))] == []


class Advisories(BaseHTTPRequestHandler):
    """A database of advisories that knows of one weakness, in six; it speaks as OSV does."""

    def do_POST(self) -> None:
        assert self.path == "/v1/querybatch"
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["queries"]
        known = [{"vulns": [WEAKNESS]} if q["package"]["name"] == "six" else {} for q in asked]
        body = json.dumps({"results": known}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


WEAKNESS = {"id": "TEST-2026-1", "modified": "2026-01-01T00:00:00Z"}


@pytest.fixture
def advisories() -> Iterator[str]:
    """The address of that database."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Advisories)
    with server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_known_weakness_fails_the_audit(advisories, capsys) -> None:
    assert audit.main(advisories) == 1
    assert capsys.readouterr().out == f"six {document.pins()['six']}: TEST-2026-1\n"


def test_audit_that_cannot_ask_says_so(capsys) -> None:
    assert audit.main("http://127.0.0.1:9") == 0
    assert capsys.readouterr().out.startswith("NOT CHECKED")
