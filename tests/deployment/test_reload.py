"""Gunicorn is reloaded and loses workers while visitors read: nobody is left without an answer.

A server may close a kept connection between two requests, at any time; browsers and nginx then ask
again on a new one. So does a client here: that is no dropped request. A new connection that ends
without a whole answer is one, and so is an answer that breaks off.
"""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path

import pytest

from tests.sites import free_port, make_site, own_environment, start, wait_for

READERS = 6
TURNS = 4
ANSWERS_BETWEEN = 60  # Of all readers together, before the next signal.


class Readers:
    """Visitors who ask for the home page again and again, half of them on kept connections."""

    def __init__(self, port: int) -> None:
        self.port, self.answers = port, 0
        self.dropped: list[object] = []
        self._turn = threading.Condition()
        self._over = threading.Event()

    @contextmanager
    def reading(self) -> Iterator[None]:
        threads = [
            threading.Thread(target=self._read, args=(number % 2 == 0,))
            for number in range(READERS)
        ]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self._over.set()
            for thread in threads:
                thread.join()

    def wait_for_answers(self, more: int) -> None:
        """Return once so many more answers have come, or a request was dropped."""
        with self._turn:
            enough = self.answers + more
            done = self._turn.wait_for(lambda: self.answers >= enough or self.dropped, timeout=60)
        assert done, "The site has stopped answering."

    def _read(self, keeps: bool) -> None:
        connection, used = self._connect(), False
        while not self._over.is_set():
            try:
                self._ask(connection)
                used = True
            except (RemoteDisconnected, ConnectionResetError, BrokenPipeError) as error:
                if not used:
                    self._count(error)
                used = False
            except Exception as error:
                self._count(error)
            if not (keeps and used):
                connection.close()
                connection, used = self._connect(), False
        connection.close()

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def _ask(self, connection: HTTPConnection) -> None:
        connection.request("GET", "/")
        response = connection.getresponse()
        body = response.read()
        whole = response.status == 200 and body.rstrip().endswith(b"</html>")
        self._count(None if whole else f"{response.status}, {len(body)} bytes")
        if response.will_close:
            connection.close()  # `http.client` opens a new one for the next request.

    def _count(self, trouble: object) -> None:
        with self._turn:
            if trouble is None:
                self.answers += 1
            else:
                self.dropped.append(trouble)
            self._turn.notify_all()


def workers_of(server) -> list[int]:
    """The ids of a server's worker processes."""
    return [
        int(pid)
        for pid in Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()
    ]


@pytest.fixture
def server(tmp_path):
    port = free_port()
    environ = own_environment(make_site(tmp_path), PORT=str(port))
    # Readers stay far below what recycles a worker by default; here it happens again and again.
    environ["GUNICORN_CMD_ARGS"] = "--max-requests 150 --max-requests-jitter 50"
    server = start(environ)
    server.port = port
    try:
        wait_for(server, port)
        yield server
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def test_nothing_is_dropped_while_workers_come_and_go(server):
    readers = Readers(server.port)
    with readers.reading():
        readers.wait_for_answers(ANSWERS_BETWEEN)
        for _ in range(TURNS):
            server.send_signal(signal.SIGHUP)
            readers.wait_for_answers(ANSWERS_BETWEEN)
            os.kill(workers_of(server)[0], signal.SIGTERM)
            readers.wait_for_answers(ANSWERS_BETWEEN)
    assert readers.dropped == []
