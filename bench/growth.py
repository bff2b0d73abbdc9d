"""Measure staff's screens and storing over ever more inquiries: how flat do they stay?

`python -m bench.growth [--sizes 1000 10000 …] [--rounds 7]` makes a site for each size and lets
them take turns in one process, through all of Django, so that a machine whose speed drifts slows
all alike. `make bench` asks it for two screens at two sizes. With DATABASE_URL set to a PostgreSQL
server where databases may be made, it measures there. What to read is the ratio to the smallest
size.
"""

import argparse
import json
import os
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from .servers import set_up

SIZES = [1_000, 10_000, 100_000, 1_000_000]
ROUNDS = 7
Measure = Callable[[], object]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--screens", nargs="+", help="only these; otherwise all")
    parser.add_argument("--figures", type=Path, metavar="FILE", help="write the figures as JSON")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= set_up(Path(folder)) | {"DJANGO_SETTINGS_MODULE": "kapsite.settings"}
        django.setup()
        from .staff_screens import Staff

        staff = Staff()
        with databases(asked.sizes) as names:
            for size, name in names.items():
                begun = time.monotonic()
                use(name)
                staff.prepare(size)
                print(f"Filled with {size:,} in {time.monotonic() - begun:.0f} s", flush=True)
            screens = staff.screens()
            chosen = {name: screens[name] for name in asked.screens or screens}
            times = measure(names, chosen, asked.rounds)
    report(times)
    if asked.figures:
        asked.figures.write_text(json.dumps(times), encoding="utf-8")


def use(name: str) -> None:
    """Talk to this database from now on."""
    from django.db import connection

    connection.close()
    connection.settings_dict["NAME"] = name


@contextmanager
def databases(sizes: list[int]) -> Iterator[dict[int, str]]:
    """A copy of the site's database for each size, by its name. They are gone afterwards."""
    from django.db import connection

    original = str(connection.settings_dict["NAME"])
    names = {size: f"{original}_{size}" for size in sizes}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in names.values():
        connection.close()
        if connection.vendor == "sqlite":
            shutil.copy(original, name)
        else:
            _on_server(f'DROP DATABASE IF EXISTS "{name}"')
            _on_server(f'CREATE DATABASE "{name}" TEMPLATE "{original}"')
    try:
        yield names
    finally:
        use(original)
        if connection.vendor == "postgresql":
            for name in names.values():
                _on_server(f'DROP DATABASE "{name}"')


def _on_server(statement: str) -> None:
    """Run a statement that concerns whole databases, from one that is not concerned."""
    import psycopg
    from django.db import connection

    asked = connection.get_connection_params() | {"dbname": "template1"}
    wanted = {name: asked[name] for name in ("dbname", "user", "password", "host", "port")
              if name in asked}  # fmt: skip
    with psycopg.connect(**wanted, autocommit=True) as server:
        server.execute(statement.encode())


def measure(
    names: dict[int, str], screens: dict[str, Measure], rounds: int
) -> dict[str, dict[int, list[float]]]:
    """Milliseconds of each screen at each size, one figure a round, the sizes in turn."""
    times: dict[str, dict[int, list[float]]] = {s: {n: [] for n in names} for s in screens}
    for number in range(rounds + 1):
        for size, name in names.items():
            use(name)
            for screen, look in screens.items():
                begun = time.perf_counter()
                look()
                if number:  # The first round warms everything up.
                    times[screen][size].append((time.perf_counter() - begun) * 1000)
    return times


def report(times: dict[str, dict[int, list[float]]]) -> None:
    """Print the medians in milliseconds, and the ratio of the largest size to the smallest."""
    sizes = sorted(next(iter(times.values())))
    print(f"{'ms':34}" + "".join(f"{size:>11,}" for size in sizes) + f"{'ratio':>8}")
    for screen, by_size in times.items():
        medians = [statistics.median(by_size[size]) for size in sizes]
        row = "".join(f"{median:11.1f}" for median in medians)
        print(f"{screen:34}{row}{medians[-1] / medians[0]:8.2f}")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"load of the machine: {load}")


if __name__ == "__main__":
    main()
