"""The threat model names what proves each of its rows, and that is there."""

import re
from pathlib import Path

import pytest

from kapsite.secretfile import BASE_DIR

TESTS = BASE_DIR / "tests"
PAGE = (BASE_DIR / "docs" / "threat-model.md").read_text()
SECTION = PAGE.split("## What stands in the way")[1].split("\n## ")[0]
ROWS = re.findall(r"^\| (.+?) \| .+ \| (.+) \|$", SECTION, re.M)
PROOFS = {threat: re.findall(r"`([^`]+)`", proof) for threat, proof in ROWS[2:]}


def files_at(path: Path) -> list[Path]:
    return sorted(path.glob("test_*.py")) if path.is_dir() else [path]


def test_page_has_its_rows():
    assert len(PROOFS) > 25


@pytest.mark.parametrize("threat", PROOFS)
def test_every_row_names_tests_that_are_there(threat):
    assert PROOFS[threat]
    for name in PROOFS[threat]:
        files = files_at(TESTS / name)
        assert files, name
        for path in files:
            assert path.is_file(), name
            assert re.search(r"^def test_\w+", path.read_text(), re.M), name
