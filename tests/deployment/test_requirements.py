"""Every package is pinned, hashed and asked for; no file names a registry."""

import re

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from .checkout import ROOT

FOLDER = ROOT / "requirements"
NAMES = ["runtime", "development"]


def pins(name: str) -> dict[str, tuple[Version, list[str]]]:
    """Each pinned package with its version and hashes."""
    blocks = re.split(r"\n(?=\w)", "\n" + (FOLDER / f"{name}.txt").read_text())
    found: dict[str, tuple[Version, list[str]]] = {}
    for block in blocks:
        if pin := re.match(r"([\w.-]+)==([\w.!+-]+)", block.strip()):
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


def test_no_file_names_a_registry() -> None:
    for path in FOLDER.iterdir():
        lines = [line.split("#")[0] for line in path.read_text().splitlines()]
        assert not re.search(r"://|index-url|find-links|trusted-host", "\n".join(lines)), path
