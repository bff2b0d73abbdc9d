"""The page cache in front of Django, as `kapsite.wsgi` puts it there."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from pages.cache import PublishedPages
from pages.models import SiteVersion

HOST = "127.0.0.1"


class Got(NamedTuple):
    """What a visitor gets."""

    status: int
    headers: dict[str, str]
    body: bytes


@contextmanager
def kept_connections() -> Iterator[None]:
    """Requests leave the test's connection open, which holds its transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


class Front:
    """Published pages, and how many answers Django has made for them."""

    def __init__(
        self,
        django: Callable[..., Any] | None = None,
        look: Callable[[], Any] = SiteVersion.current,
    ) -> None:
        self.made = 0
        self._django = django or WSGIHandler()
        self._pages = PublishedPages(self._count, look)

    def _count(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        self.made += 1
        return self._django(environ, start_response)

    def get(self, address: str, method: str = "GET", **headers: str) -> Got:
        """Ask for an address as gunicorn would; underscores in headers' names are hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        request = RequestFactory().generic(method, address, headers={"host": HOST} | named)
        started: list[Any] = []
        with kept_connections():
            answer = self._pages(request.environ, lambda *said: started.extend(said))
            body = b"".join(answer)
            if hasattr(answer, "close"):
                answer.close()
        return Got(int(started[0][:3]), dict(started[1]), body)

    def keeps(self, address: str, **headers: str) -> bool:
        """Whether a second visitor is answered without Django."""
        self.get(address, **headers)
        made = self.made
        self.get(address, **headers)
        return self.made == made
