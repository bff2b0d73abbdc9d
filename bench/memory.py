"""The memory of everything that `make serve` starts, after load."""

import os
import sys
from pathlib import Path

from .contestants import ARTICLE, Sites
from .load import Contestant, rate
from .servers import ROOT, free_port, running

# What honcho itself runs as.
STARTERS = ("--procfile Procfile start",)


def descendants(pid: int) -> list[int]:
    """A process and all that it started."""
    found = [pid]
    for known in found:
        for children in Path(f"/proc/{known}/task").glob("*/children"):
            found += map(int, children.read_text(encoding="ascii").split())
    return found


def share_of(pid: int) -> float:
    """The megabytes of a process, with its share of what it has in common with others (Pss)."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    line = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    return int(line.split()[1]) * 1024 / 1_000_000


def name_of(pid: int) -> str:
    """The end of the command that a process runs."""
    command = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8", errors="replace")
    return " ".join(command.replace("\0", " ").split())[-40:]


def measure(sites: Sites) -> float:
    """Megabytes of the whole set, started as the Procfile says, after reading and searching.

    Honcho is shown and not counted: a server starts the three by systemd.
    """
    port, data = free_port(), sites.copy_of_ours("memory")
    env = os.environ | {"DATA_DIR": str(data), "PORT": str(port)}
    env["SITE_URL"] = f"http://127.0.0.1:{port}"
    env["GUNICORN_CMD_ARGS"] = "--max-requests 0"  # What a recycled worker weighs says nothing.
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env['PATH']}"
    command = [sys.executable, "-m", "honcho", "--env", os.devnull, "--procfile", "Procfile",
               "start"]  # fmt: skip
    with running(command, port, ROOT, env) as pid:
        for path in (ARTICLE, "/", "/library/", "/contact/", "/search/?q=safe"):
            rate(Contestant(port, path), 2)
        shares = [(share_of(process), name_of(process)) for process in descendants(pid)]
    for share, name in shares:
        print(f"  {share:6.1f} MB  {name}")
    return sum(share for share, name in shares if not name.endswith(STARTERS))
