"""The visitors: wrk, or, where it is not installed, threads of Python.

A client in Python is slower than what it measures, so ratios near the server's limit come out too
even with it. Either shares the machine's cores with the servers.
"""

import re
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path
from typing import NamedTuple

CONNECTIONS = 16
SECONDS = 2.0
# As a browser sends it.
ACCEPTED = {"Accept-Encoding": "gzip, deflate, br, zstd"}
TOLD = re.compile(r"^(?:Requests/sec|Non-2xx or 3xx responses):\s+([\d.]+)", re.MULTILINE)
BROKEN = re.compile(r"Socket errors: .*")
WRK = shutil.which("wrk")


class Contestant(NamedTuple):
    """Where one of those that are compared listens, and what it is asked for."""

    port: int
    path: str
    headers: dict[str, str] = ACCEPTED
    connections: int = CONNECTIONS

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.path}"


def client() -> str:
    """The name of what makes the load."""
    return "wrk, one thread" if WRK else "threads of Python (wrk is not installed): too slow"


def answer(asked: Contestant) -> tuple[int, dict[str, str], bytes]:
    """Status, headers with small letters and body of one answer."""
    connection = HTTPConnection("127.0.0.1", asked.port, timeout=60)
    connection.request("GET", asked.path, headers=asked.headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response.status, {k.lower(): v for k, v in response.getheaders()}, body


def rate(asked: Contestant, seconds: float = SECONDS) -> float:
    """Answers a second, keep-alive. Raises RuntimeError when one of them is an error."""
    return _rate_of_wrk(asked, seconds) if WRK else _rate_of_threads(asked, seconds)


def _rate_of_wrk(asked: Contestant, seconds: float) -> float:
    headers = [f"-H{name}: {value}" for name, value in asked.headers.items()]
    return run_wrk(asked.address, asked.connections, seconds, *headers)


def run_wrk(address: str, connections: int, seconds: float, *options: str) -> float:
    """What wrk tells: answers a second. Raises RuntimeError when one of them is an error."""
    command = [
        str(WRK), "-t1", f"-c{connections}", f"-d{max(1, round(seconds))}s", "--timeout", "30s",
        *options, address,
    ]  # fmt: skip
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    found = TOLD.findall(told)
    if BROKEN.search(told) or len(found) != 1:
        raise RuntimeError(f"{address} did not answer well:\n{told}")
    return float(found[0])


def _rate_of_threads(asked: Contestant, seconds: float) -> float:
    end = time.monotonic() + seconds
    with ThreadPoolExecutor(asked.connections) as pool:
        counts = pool.map(lambda _: _answers_until(asked, end), range(asked.connections))
        return sum(counts) / seconds


def _answers_until(asked: Contestant, end: float) -> int:
    count = 0
    connection = HTTPConnection("127.0.0.1", asked.port, timeout=60)
    while time.monotonic() < end:
        connection.request("GET", asked.path, headers=asked.headers)
        response = connection.getresponse()
        response.read()
        if response.status not in {200, 304}:
            raise RuntimeError(f"{asked.address} answered {response.status}")
        count += 1
    connection.close()
    return count


def milliseconds(asked: Contestant, times: int = 20) -> float:
    """How long one answer takes when nobody else asks: the median of so many."""
    return statistics.median(_time_of(asked) for _ in range(times))


def _time_of(asked: Contestant) -> float:
    start = time.perf_counter()
    status, _headers, _body = answer(asked)
    if status != 200:
        raise RuntimeError(f"{asked.address} answered {status}")
    return 1000 * (time.perf_counter() - start)


def in_turn(measures: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """One figure a round of each, in turn: a machine whose speed drifts slows all alike."""
    figures: dict[str, list[float]] = {name: [] for name in measures}
    for _ in range(rounds):
        for name, measure in measures.items():
            figures[name].append(measure())
    return figures


def loads() -> str:
    """The load averages of the machine, now."""
    return " ".join(Path("/proc/loadavg").read_text(encoding="ascii").split()[:3])


def warm(contestants: Iterable[Contestant]) -> None:
    """Ask each often enough that every worker and thread has answered."""
    for asked in contestants:
        rate(asked, 1)
