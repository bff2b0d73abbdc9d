"""Measure an article's page against a server that only says hello with the same bytes.

Data are built anew in a temporary folder. The contestants take turns, round by round, so that a
machine whose speed drifts slows both alike; what to read is the ratio of the medians.
"""

import os
import statistics
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

from .servers import fetch, gunicorn, set_up

ARTICLE = "/library/how-safe-is-kap/"
CONNECTIONS = 8
ROUNDS = 6
SECONDS_A_ROUND = 2.0


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        data = set_up(Path(folder))
        with gunicorn("kapsite.wsgi:application", **data) as ours:
            body = Path(folder) / "body.html"
            body.write_bytes(fetch(ours, ARTICLE))
            with gunicorn("bench.hello:application", HELLO_BODY=str(body)) as hello:
                report(measure({"article": ours, "hello": hello}))


def measure(ports: dict[str, int]) -> dict[str, list[float]]:
    """Requests a second of each contestant, one figure a round, the contestants in turn."""
    rates: dict[str, list[float]] = {name: [] for name in ports}
    for _ in range(ROUNDS):
        for name, port in ports.items():
            rates[name].append(_rate(port))
    return rates


def _rate(port: int) -> float:
    end = time.monotonic() + SECONDS_A_ROUND
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        counts = pool.map(lambda _: _requests_until(port, end), range(CONNECTIONS))
        return sum(counts) / SECONDS_A_ROUND


def _requests_until(port: int, end: float) -> int:
    count = 0
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < end:
        connection.request("GET", ARTICLE)
        response = connection.getresponse()
        response.read()
        if response.status != 200:
            raise RuntimeError(f"{ARTICLE} answered {response.status}")
        count += 1
    connection.close()
    return count


def report(rates: dict[str, list[float]]) -> None:
    """Print medians, their spread, the ratio to hello and the machine's load."""
    medians = {name: statistics.median(values) for name, values in rates.items()}
    print(f"{'':10}{'median/s':>10}{'min':>8}{'max':>8}{'ratio':>8}")
    for name, values in rates.items():
        ratio = medians[name] / medians["hello"]
        print(f"{name:10}{medians[name]:10.0f}{min(values):8.0f}{max(values):8.0f}{ratio:8.3f}")
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    print(f"{CONNECTIONS} connections, {ROUNDS} rounds; load of the machine: {load}")


main()
