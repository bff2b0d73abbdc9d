"""Asks a public database of advisories whether a pinned package has a known weakness.

`python -m requirements.audit [SERVICE]`: ends with 1 and names the packages when one has, with 0
when none has. Without a network nothing can be asked: it says so and ends with 0, since a build
that fails for want of a network says nothing about the packages.

The question is that of OSV's API, version 1 (`querybatch`). It holds names and versions, and
nothing of this machine.
"""

import json
import sys
import urllib.request

from .document import pins

SERVICE = "https://api.osv.dev"
SECONDS = 20
NOT_CHECKED = "NOT CHECKED for known weaknesses: the database of advisories cannot be reached."


def weaknesses(packages: dict[str, str], service: str) -> dict[str, list[str]]:
    """The packages with known weaknesses, and their ids. Raises OSError without an answer."""
    asked = [
        {"package": {"name": name, "ecosystem": "PyPI"}, "version": version}
        for name, version in packages.items()
    ]
    body = json.dumps({"queries": asked}).encode()
    question = urllib.request.Request(  # noqa: S310 - the address is ours
        f"{service}/v1/querybatch", body, {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(question, timeout=SECONDS) as answer:  # noqa: S310
        results = json.load(answer)["results"]
    return {
        f"{name} {version}": [one["id"] for one in result["vulns"]]
        for (name, version), result in zip(packages.items(), results, strict=True)
        if result.get("vulns")
    }


def main(service: str = SERVICE) -> int:
    """Ask about every pin and say what came back; returns the exit code."""
    packages = pins()
    try:
        found = weaknesses(packages, service)
    except OSError:
        print(NOT_CHECKED)
        return 0
    for package, ids in found.items():
        print(f"{package}: {', '.join(ids)}")
    if not found:
        print(f"No known weakness in {len(packages)} packages.")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
