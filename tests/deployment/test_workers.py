"""The web server's processes share what there is to do."""

import socket
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.sites import free_port, make_site, own_environment, start, wait_for

from .sockets import ESTABLISHED, sockets_of, table

pytestmark = pytest.mark.once
AT_ONCE = 16  # As many as nginx keeps open to us.
ASK = b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def workers_of(master: int) -> list[int]:
    """The process ids of a server's workers."""
    children = Path(f"/proc/{master}/task/{master}/children").read_text(encoding="ascii")
    return [int(pid) for pid in children.split()]


def connections_of(worker: int, port: int) -> int:
    """How many visitors' connections to a port a process holds."""
    held = sockets_of([worker])
    return sum(
        row[1].endswith(f":{port:04X}") and row[3] == ESTABLISHED and row[9] in held
        for row in table("tcp")
    )


def shares(master: int, port: int) -> list[int]:
    """How many of so many connections at once each worker gets, once all have their answers."""
    with ExitStack() as stack:
        visitors = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            for _ in range(AT_ONCE)
        ]
        for visitor in visitors:
            visitor.sendall(ASK)
        for visitor in visitors:
            assert b" 200 " in visitor.recv(1000)
        return [connections_of(worker, port) for worker in workers_of(master)]


def wait_for_both(master: int, port: int) -> None:
    """Return once the second worker takes connections as well; it starts a moment later."""
    for _turn in range(200):
        if min(shares(master, port)) not in {0, AT_ONCE}:
            return
    raise AssertionError("The second worker takes no connection.")


def test_connections_that_come_at_once_go_to_both_workers(tmp_path):
    port = free_port()
    server = start(own_environment(make_site(tmp_path), PORT=str(port)))
    try:
        wait_for(server, port)
        wait_for_both(server.pid, port)
        turns = [shares(server.pid, port) for _ in range(20)]
        assert {sum(turn) for turn in turns} == {AT_ONCE}
        # On a busy machine a worker is late now and then.
        assert sum(min(turn) > AT_ONCE // 4 for turn in turns) >= 12, turns
    finally:
        server.terminate()
        server.wait()
