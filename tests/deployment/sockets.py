"""Which process holds which socket, as the kernel tells it."""

import os
from contextlib import suppress
from pathlib import Path

# From the kernel's include/net/tcp_states.h.
ESTABLISHED, LISTENING = "01", "0A"


def sockets_of(processes: list[int]) -> set[str]:
    """The inodes of the sockets that processes hold."""
    found = set()
    for process in processes:
        for handle in Path(f"/proc/{process}/fd").iterdir():
            with suppress(OSError):  # Closed meanwhile.
                target = os.readlink(handle)
                if target.startswith("socket:["):
                    found.add(target[len("socket:[") : -1])
    return found


def table(name: str) -> list[list[str]]:
    """The rows of one of the kernel's tables of sockets."""
    return [line.split() for line in Path(f"/proc/net/{name}").read_text().splitlines()[1:]]
