"""Writes docs/dependencies.md: what the site runs on, why, and under which licence.

Reasons stand in runtime.in, licences in the installed packages. `make requirements` runs it, and
a test fails while the page says something else.
"""

import re
from importlib import metadata
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
PAGE = FOLDER.parent / "docs" / "dependencies.md"
# Packages whose metadata name no licence, or that are not installed on every system.
NOT_IN_METADATA = {"pyrage": "MIT", "colorama": "BSD-3-Clause"}
# One spelling for what packages call by several.
SPELLINGS = {
    "Dual License": "Apache-2.0 OR BSD-3-Clause",
    "MIT License": "MIT",
    "BSD License": "BSD",
    "Apache Software License": "Apache-2.0",
    "ISC License (ISCL)": "ISC",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.1-or-later",
}
TOP = """# What the site runs on

Every package that `requirements/runtime.txt` pins by hash, with its licence. All of them allow
commercial use; the two under the LGPL and the one under the MPL are used unchanged, as libraries.
This page is written by `make requirements` from `requirements/runtime.in` and from the packages.

`make audit` asks a public database of advisories whether any of them has a known weakness.

## Chosen

| package | version | licence | what for |
| --- | --- | --- | --- |
"""
MIDDLE = """
## What these bring along

| package | version | licence |
| --- | --- | --- |
"""
BOTTOM = """
## Not Python

| what | licence | what for |
| --- | --- | --- |
| Figtree | OFL-1.1 | The type, served from this site. |
"""


def reasons() -> dict[str, str]:
    """The packages that we ask for by name, with the reason beside each."""
    lines = (FOLDER / "runtime.in").read_text().splitlines()
    wanted = re.compile(r"([\w-]+)(?:\[[\w,]+\])?\S*\s+# (.+)")
    return {match[1].lower(): match[2] for line in lines if (match := wanted.fullmatch(line))}


def pins() -> dict[str, str]:
    """Every package that runtime.txt pins, with its version."""
    text = (FOLDER / "runtime.txt").read_text()
    return dict(re.findall(r"^([\w.-]+)(?:\[[\w,]+\])?==([\w.!+-]+)", text, re.M))


def licence(name: str) -> str:
    """What a package says of its licence. Raises LookupError when it says nothing."""
    if name in NOT_IN_METADATA:
        return NOT_IN_METADATA[name]
    said = metadata.metadata(name)
    classified = [
        line.split("::")[-1].strip()
        for line in said.get_all("Classifier", [])
        if line.startswith("License ::")
    ]
    expression, free_text = (
        " ".join(said.get_all(field, [])) for field in ("License-Expression", "License")
    )
    found = next(filter(None, [expression, *classified, free_text]), "")
    if not found:
        raise LookupError(f"{name} does not say under which licence it is.")
    return SPELLINGS.get(found, found)


def page() -> str:
    """The whole page."""
    chosen, pinned = reasons(), pins()
    first = "".join(
        f"| {name} | {pinned[name]} | {licence(name)} | {reason} |\n"
        for name, reason in sorted(chosen.items())
    )
    rest = "".join(
        f"| {name} | {pinned[name]} | {licence(name)} |\n"
        for name in sorted(pinned.keys() - chosen)
    )
    return TOP + first + MIDDLE + rest + BOTTOM


if __name__ == "__main__":
    PAGE.write_text(page())
