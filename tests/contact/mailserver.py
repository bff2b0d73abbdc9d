"""A real mail server that keeps what it hears, and can be away, slow or of another opinion."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from django.test import override_settings


class Mailbox:
    """What the server hears. Addresses at refused.example are turned away, as are some senders.

    It says nothing more at the step `holds_at` ("RCPT" or "DATA") of a mail to an address in
    `held`, until the address is taken out of there; `is_holding` is set once that has happened.
    """

    def __init__(self) -> None:
        self.mails: list[tuple[str, str]] = []
        self.named: list[str] = []  # As recipients, whether a mail followed or not.
        self.is_open = True
        self.refused = "refused.example"
        self.refused_senders: set[str] = set()
        self.holds_at = ""
        self.held: set[str] = set()
        self.is_holding = threading.Event()

    async def _hold(self, step: str, address: str) -> None:
        while step == self.holds_at and address in self.held:
            self.is_holding.set()
            await asyncio.sleep(0.02)

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802
        if address in self.refused_senders:
            return "553 Not yours to send as"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802
        self.named.append(address)
        await self._hold("RCPT", address)
        if address.endswith(f"@{self.refused}"):
            return "550 No such mailbox: marker-of-the-server"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if not self.is_open:
            return "451 Come back later"
        self.mails += [(address, envelope.content.decode()) for address in envelope.rcpt_tos]
        for address in envelope.rcpt_tos:
            await self._hold("DATA", address)
        return "250 OK"

    @property
    def recipients(self) -> list[str]:
        return sorted(address for address, _text in self.mails)


@contextmanager
def listening(mailbox: Mailbox, port: int) -> Iterator[None]:
    """Let the mailbox be reached at a port of this machine while the block runs."""
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        yield
    finally:
        mailbox.held.clear()
        server.stop()


@contextmanager
def mail_goes_to(port: int) -> Iterator[None]:
    """Let this process send its mail to a port of this machine, whether anybody listens there."""
    with override_settings(
        EMAIL_BACKEND="django.core.mail.backends.smtp.EmailBackend",
        EMAIL_HOST="127.0.0.1",
        EMAIL_PORT=port,
        EMAIL_USE_TLS=False,
        EMAIL_USE_SSL=False,
        EMAIL_HOST_USER="",
        EMAIL_HOST_PASSWORD="",
    ):
        yield
