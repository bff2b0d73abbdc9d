"""What stops a start is one clear sentence, never a traceback."""

import ast
import base64
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kapsite import bootstrap

from .checkout import ROOT, Checkout

pytestmark = pytest.mark.deployment


def refusal(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence on standard error, apart from make's own word on it."""
    assert done.returncode != 0, done.stdout
    sentences = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(sentences) == 1, done.stderr
    return sentences[0]


@pytest.mark.parametrize("target", ["run", "serve"])
def test_a_port_in_use_is_said_before_anything_else(untouched: Checkout, target: str) -> None:
    with socket.create_server(("127.0.0.1", untouched.port)):
        said = refusal(untouched.make(target))
    assert said == (
        f"Port {untouched.port} is in use. Stop what is there, "
        "or choose another: PORT=8001 make run"
    )
    assert not (untouched.folder / ".venv").exists()


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000.5", "٨٠٠٠"])
def test_a_port_must_be_a_port(untouched: Checkout, port: str) -> None:
    said = refusal(untouched.make("run", PORT=port))
    assert said.startswith("PORT must be a number from 1 to 65535, not ")


def test_serving_before_set_up_names_the_way(untouched: Checkout) -> None:
    assert refusal(untouched.make("serve")) == (
        "The packages are not installed. Run `make setup` first."
    )


def test_a_key_that_the_site_has_sealed_with_is_asked_for(ready: Checkout) -> None:
    another = base64.b64encode(b"a" * 32).decode()
    done = ready.make("run", ENCRYPTION_KEYS=another)
    assert done.returncode != 0
    assert "ENCRYPTION_KEYS lacks the key " in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert another not in done.stdout + done.stderr


def test_an_old_python_is_told_what_is_needed(untouched: Checkout, tmp_path: Path) -> None:
    old = tmp_path / "python3.9"
    code = "import runpy, sys; sys.version_info = (3, 9, 18); del sys.argv[:2]; "
    code += "runpy.run_path(sys.argv[0], run_name='__main__')"
    old.write_text(f'#!/bin/sh\nexec {sys.executable} -c "{code}" "$@"\n')
    old.chmod(0o755)
    said = refusal(untouched.make("run", f"PYTHON={old}"))
    assert said.startswith("This needs Python 3.11 or newer; found 3.9 at ")
    assert "Set PYTHON=" in said


def test_an_old_python_can_read_the_script() -> None:
    ast.parse((ROOT / "kapsite/bootstrap.py").read_text(), feature_version=(3, 6))


def test_a_machine_without_python_is_told_so(untouched: Checkout, tmp_path: Path) -> None:
    (tmp_path / "make").symlink_to("/usr/bin/make")
    (tmp_path / "sh").symlink_to("/bin/sh")
    done = untouched.make("run", PATH=str(tmp_path))
    assert done.returncode != 0
    assert "No Python found. Install Python 3.11 or newer" in done.stderr


def as_nobody(checkout: Checkout, **environment: str) -> subprocess.CompletedProcess[str]:
    """`make setup` by somebody who may read the checkout and not write into it."""
    command = ["make", "setup"]
    if os.geteuid() == 0:  # Root writes everywhere.
        command = ["runuser", "-u", "nobody", "--", *command]
    else:
        checkout.folder.chmod(0o555)
    try:
        return subprocess.run(
            command,
            cwd=checkout.folder,
            env=checkout.environment(**environment),
            capture_output=True,
            text=True,
        )
    finally:
        checkout.folder.chmod(0o755)


def test_a_folder_that_cannot_be_written_is_named(clone: Checkout) -> None:
    data = clone.folder.parent / "data"
    data.mkdir()
    data.chmod(0o777)
    said = refusal(as_nobody(clone, DATA_DIR=str(data)))
    assert said == f"No write access to the folder {clone.folder}."


def test_a_data_folder_that_cannot_be_written_is_named(clone: Checkout) -> None:
    said = refusal(as_nobody(clone, DATA_DIR="/usr/share/kap/data"))
    assert said == "No write access to the folder /usr/share."


def test_a_data_folder_that_is_a_file_is_named(untouched: Checkout) -> None:
    said = refusal(untouched.make("setup", DATA_DIR="/etc/passwd"))
    assert said == "No write access to the folder /etc/passwd."


def test_no_network_is_said_with_what_comes_next(clone: Checkout) -> None:
    nowhere = {"PIP_INDEX_URL": "http://127.0.0.1:9/", "PIP_CONFIG_FILE": os.devnull}
    nowhere |= {"PIP_EXTRA_INDEX_URL": "", "PIP_FIND_LINKS": "", "PIP_RETRIES": "1"}
    done = clone.make("setup", PIP_NO_CACHE_DIR="1", **nowhere)
    assert refusal(done) == (
        "No network: pip could not reach a package index. "
        "The next run of the same command goes on from here."
    )


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("OSError: [Errno 28] No space left on device", "The disk is full."),
        ("ERROR: Could not install: [Errno 13] Permission denied: 'x'", "No write access to"),
        ("because ensurepip is not\navailable.", "apt install python3-venv"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that we pinned"),
        ("something new", "pip failed; the last lines:\n  something new"),
    ],
)
def test_what_pip_says_becomes_a_sentence(output: str, sentence: str) -> None:
    failing = [sys.executable, "-c", f"print({output!r}); raise SystemExit(1)"]
    with pytest.raises(bootstrap.Refusal) as caught:
        list(bootstrap.lines_of(failing, "pip failed"))
    assert sentence in str(caught.value)
