"""Measure the site against hello, stock Wagtail, Django's cache and nginx: `make bench`.

Data are built anew in a temporary folder and everything listens on loopback. The contestants take
turns, round by round, so that a machine whose speed drifts slows all alike; what to read is the
ratio of the medians. Ends with 1 when a target was missed.
"""

import argparse
import contextlib
import datetime
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from . import memory, posts, table
from .contestants import Sites, build_sites, readers, uncached
from .load import CONNECTIONS, SECONDS, client, in_turn, loads, milliseconds, rate
from .servers import ROOT

ROUNDS = 6
FEW, MANY = 0, 100_000  # Pages added to the ten of a new site, and inquiries there already.
INQUIRIES = (1_000, 1_000_000)  # Among which staff look.

Figures = dict[str, list[float]]


def reading(sites: Sites) -> Figures:
    """Answers a second of everybody who has the article."""
    with ExitStack() as stack:
        found = readers(stack, sites)
        return in_turn({name: partial(rate, asked) for name, asked in found.items()}, ROUNDS)


def uncached_reading(sites: Sites, is_quick: bool) -> Figures:
    """The same without any cache, and how long one answer takes among few and many pages."""
    measures: dict[str, Callable[[], float]] = {}
    with ExitStack() as stack:
        for pages, words in ((FEW, "10"), (MANY, f"{MANY:,}"))[: 1 if is_quick else 2]:
            found = uncached(stack, sites, pages)
            if pages == FEW:
                measures |= {f"{name}, uncached": partial(rate, a) for name, a in found.items()}
            measures |= {
                f"{called} at {words}": partial(milliseconds, found[name])
                for name, called in (("ours", "uncached"), ("stock", "stock"))
            }
        return in_turn(measures, ROUNDS)


def among_many(folder: Path) -> Figures:
    """The inbox and a search, in milliseconds; in a process of their own, which runs Django."""
    file, screens = folder / "growth.json", {"inbox": "inbox: open", "search": "search: e-mail"}
    sizes = [str(size) for size in INQUIRIES]
    subprocess.run(
        [sys.executable, "-m", "bench.growth", "--rounds", str(ROUNDS), "--sizes", *sizes,
         "--screens", *screens.values(), "--figures", str(file)],
        cwd=ROOT, check=True,
    )  # fmt: skip
    times = json.loads(file.read_text(encoding="utf-8"))
    return {
        f"{name} at {size:,}": times[screen][str(size)]
        for name, screen in screens.items()
        for size in INQUIRIES
    }


def measured(sites: Sites, is_quick: bool) -> Figures:
    """Everything that the table asks for, or all but what takes long to fill."""
    parts: dict[str, Callable[[], Figures]] = {
        "Reading": partial(reading, sites),
        "Reading, uncached": partial(uncached_reading, sites, is_quick),
        "Posts": partial(posts.measure, sites, ROUNDS, 0),
        "Posts among many": partial(posts.measure, sites, ROUNDS, MANY),
        "Memory": lambda: {"memory": [memory.measure(sites)]},
        "Screens among many": partial(among_many, sites.folder),
    }
    if is_quick:
        del parts["Posts among many"], parts["Screens among many"]
    figures: Figures = {}
    for words, measure in parts.items():
        start = time.monotonic()
        print(f"{words}…", flush=True)
        figures |= measure()
        print(f"  {time.monotonic() - start:.0f} s; load of the machine {loads()}", flush=True)
    return figures


def circumstances(before: str) -> str:
    """What a reader of the table has to know of the run."""
    return (
        f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}, {os.cpu_count()} cores, which the "
        f"client ({client()}) and the servers share. Medians of {ROUNDS} rounds of {SECONDS:g} s, "
        f"in turn; {CONNECTIONS} connections for pages, {posts.AT_ONCE} for posts. "
        f"Load of the machine before: {before}; at the end: {loads()}."
    )


def arguments() -> argparse.Namespace:
    """What was asked for on the command line."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="without what takes long to fill")
    parser.add_argument(
        "--write", type=Path, metavar="FILE", help="put the table between the markers of a document"
    )
    return parser.parse_args()


def main() -> int:
    """Measure and print. Returns 1 when a target was missed."""
    asked, before = arguments(), loads()
    with tempfile.TemporaryDirectory() as folder:
        figures = measured(build_sites(Path(folder)), asked.quick)
    rows, words = table.rows_of(figures), circumstances(before)
    print(f"\n{table.as_text(rows)}\n\n{words}\n\nMedian, least and most of each:")
    print(table.spread(figures))
    if asked.write:
        table.write_between_markers(asked.write, f"{table.as_markdown(rows)}\n\n{words}")
    return int(bool(table.missed(rows)))


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main())
