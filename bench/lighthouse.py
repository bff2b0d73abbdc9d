"""Measure the pages with Lighthouse as a phone on slow 4G gets them: `make lighthouse`.

Each page is loaded three times and the medians count. Lighthouse loads it without a brake and
reckons from that how long it takes on slow 4G ("LCP s"). Three loads more, over a line and on a
processor that are really slowed down, say when the largest thing is there to be seen ("seen s");
that figure holds whatever else the machine is doing, four times over, and decides nothing.

Ends with an error unless every category of every page has its 100 points and no page takes longer
or jumps more than it may.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from .load import Contestant, warm
from .servers import ROOT, gunicorn, set_up

PAGES = {
    "home": "/",
    "library": "/library/",
    "article": "/library/how-safe-is-kap/",
    "standard": "/about/",
    "contact": "/contact/",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
# The columns of the table, and how their figures are written.
COLUMNS = dict.fromkeys(CATEGORIES, ".0f") | {
    "LCP s": ".2f",
    "seen s": ".2f",
    "CLS": ".3f",
    "bytes": ".0f",
    "requests": ".0f",
}
# What a page may take besides: everything that a visitor waits for, or sees jump.
MOST_CLS = 0.02
MOST_SECONDS = 1.0
RUNS = 3
ATTEMPTS = 3
LIGHTHOUSE = ROOT / "bench/tools/node_modules/.bin/lighthouse"
# What is not scored by points says nothing about what is missing.
UNSCORED = {"manual", "notApplicable", "informative"}

Report = dict[str, Any]


def measure(address: str, folder: Path, throttling: str = "simulate") -> Report:
    """One load of the page at `address`: Lighthouse's own report, as it ships for mobile.

    With "devtools" for `throttling`, line and processor are slowed down for the load.

    Raises CalledProcessError when Lighthouse cannot measure, three times in a row: now and then it
    misses the beginning of a load, and asks to be run again.
    """
    for _attempt in range(ATTEMPTS - 1):
        with suppress(subprocess.CalledProcessError):
            return _measure_once(address, folder, throttling)
    return _measure_once(address, folder, throttling)


def _measure_once(address: str, folder: Path, throttling: str) -> Report:
    written = folder / "report.json"
    flags = ["--headless=new", "--no-sandbox", "--disable-gpu"]
    command = [str(LIGHTHOUSE), address, "--quiet", "--output=json", f"--output-path={written}"]
    command += [f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={' '.join(flags)}"]
    command += [
        "--form-factor=mobile",
        f"--throttling-method={throttling}",
        "--no-enable-error-reporting",
    ]
    chrome = os.environ.get("CHROME_PATH") or shutil.which("chromium") or ""
    subprocess.run(
        command, cwd=ROOT, env=os.environ | {"CHROME_PATH": chrome}, check=True,
        stdout=subprocess.DEVNULL,
    )  # fmt: skip
    return json.loads(written.read_bytes())


def number(report: Report, audit: str) -> float:
    """The figure of an audit: milliseconds, bytes or, for a shift, none."""
    return float(report["audits"][audit]["numericValue"])


def figures(reports: list[Report], slowed: list[Report]) -> dict[str, float]:
    """The medians of a page's loads: points, seconds, shift, bytes and requests."""

    def median(values: list[float]) -> float:
        return statistics.median(values)

    points = {
        name: median([100 * (report["categories"][name]["score"] or 0) for report in reports])
        for name in CATEGORIES
    }
    return points | {
        "LCP s": median([number(r, "largest-contentful-paint") / 1000 for r in reports]),
        "seen s": median([number(r, "largest-contentful-paint") / 1000 for r in slowed]),
        "CLS": median([number(r, "cumulative-layout-shift") for r in reports]),
        "bytes": median([number(r, "total-byte-weight") for r in reports]),
        "requests": median([len(items(r, "network-requests")) for r in reports]),
    }


def items(report: Report, audit: str) -> list[dict[str, Any]]:
    """The rows that an audit lists."""
    return report["audits"].get(audit, {}).get("details", {}).get("items", [])


def lacking(report: Report) -> list[str]:
    """The audits without full marks, those that weigh nothing included."""
    named = [ref["id"] for name in CATEGORIES for ref in report["categories"][name]["auditRefs"]]
    audits = [report["audits"][name] for name in dict.fromkeys(named)]
    return [
        f"{audit['id']} {audit['score']} {audit.get('displayValue', '')}".strip()
        for audit in audits
        if audit["scoreDisplayMode"] not in UNSCORED and audit["score"] != 1
    ]


def largest(report: Report) -> str:
    """The element whose painting is the LCP, as it stands in the page."""
    for audit in ("largest-contentful-paint-element", "lcp-breakdown-insight"):
        for row in items(report, audit):
            for part in (row, *row.get("items", [])):
                node = part.get("node", part)
                if isinstance(node, dict) and node.get("snippet"):
                    return str(node["snippet"])[:100]
    return "unknown"


def show(name: str, found: dict[str, float], report: Report) -> None:
    """Print the row of a page, and below it what is missing."""
    cells = [format(found[column], style) for column, style in COLUMNS.items()]
    print(f"{name:10}{''.join(f'{cell:>15}' for cell in cells)}", flush=True)
    print(f"    LCP element: {largest(report)}")
    for audit in lacking(report):
        print(f"    {audit}")


def is_well(found: dict[str, float]) -> bool:
    """Whether a page has every point, and keeps within what it may take."""
    has_all = all(found[category] == 100 for category in CATEGORIES)
    return has_all and found["CLS"] <= MOST_CLS and found["LCP s"] <= MOST_SECONDS


def main() -> int:
    """Measure all pages. Returns 1 when one of them lacks a point or takes more than it may."""
    print(f"{'':10}{''.join(f'{column:>15}' for column in COLUMNS)}")
    all_well = True
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with gunicorn("kapsite.wsgi:application", **set_up(folder)) as port:
            # A published page is in memory but for the first visitor after a change.
            warm(Contestant(port, path) for path in PAGES.values())
            for page, path in PAGES.items():
                address = f"http://127.0.0.1:{port}{path}"
                reports = [measure(address, folder) for _ in range(RUNS)]
                slowed = [measure(address, folder, "devtools") for _ in range(RUNS)]
                found = figures(reports, slowed)
                show(page, found, reports[-1])
                all_well = all_well and is_well(found)
    return int(not all_well)


if __name__ == "__main__":
    sys.exit(main())
