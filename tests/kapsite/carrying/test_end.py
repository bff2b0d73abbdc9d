"""The last moment of a carrying: the line to the server breaks when the rows are to be kept."""

import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress

import pytest

from tests.deployment.cluster import Server
from tests.kapsite.carrying.moves import AT_WORK, Move, wait_for_answer
from tests.sites import make_site

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("carrying")]


@contextmanager
def line_that_breaks(server: Server, *, is_heard: bool) -> Iterator[int]:
    """A way to the server, up to the word that ends a transaction; gives its port.

    With `is_heard` the server still gets that word, and only its answer is lost.
    """

    def listen() -> None:
        with door:  # Nobody comes a second time.
            near, _address = door.accept()
        far = socket.create_connection(("127.0.0.1", server.port))
        with near, far:
            pool.submit(pass_on, far, near)
            last = pass_on(near, far)
            near.shutdown(socket.SHUT_RDWR)
            if is_heard:
                far.sendall(last)
            far.shutdown(socket.SHUT_WR)

    def pass_on(speaker: socket.socket, listener: socket.socket) -> bytes:
        with suppress(OSError):
            while said := speaker.recv(65536):
                if said.endswith(b"COMMIT\0"):
                    return said
                listener.sendall(said)
        return b""

    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    with ThreadPoolExecutor() as pool:
        ended = pool.submit(listen)
        yield port
        ended.result()


@pytest.mark.parametrize("is_heard", [True, False])
def test_command_does_not_claim_what_it_cannot_know_and_is_run_again(server, tmp_path, is_heard):
    move = Move(make_site(tmp_path), server, f"broken_{is_heard}".lower())
    with line_that_breaks(server, is_heard=is_heard) as port:
        said = wait_for_answer(move.start(move.url.replace(f":{server.port}/", f":{port}/")))
    assert "went away at the last moment: OperationalError. Run this again" in said
    assert "Nothing was carried over" not in said
    server.wait_until(f"SELECT NOT EXISTS ({AT_WORK.format(move.name)})")
    assert bool(move.tables()) == is_heard
    if is_heard:
        assert "There is something in the new database already" in wait_for_answer(move.start())


def test_account_that_owns_the_database_and_is_no_superuser_is_enough(server, tmp_path):
    server.ask("CREATE ROLE ordinary LOGIN")
    move = Move(make_site(tmp_path), server, "ordinary", "OWNER ordinary")
    process = move.start(move.url.replace("kapsite:", "ordinary:"))
    said, error = process.communicate()
    assert process.returncode == 0, error
    assert "the new database holds all of" in said
