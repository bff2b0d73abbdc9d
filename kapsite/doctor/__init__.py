"""Everything that a running site needs, looked at one by one and answered in words."""

from collections.abc import Iterator

from . import content, inquiries, machine, mail, rules
from .findings import LOOKS, Finding

__all__ = ["LOOKS", "ROOMS", "Finding", "examine"]
ROOMS = (machine, mail, content, inquiries)  # Each has named its looks while it was loaded.


def examine(mail_to: str = "", opens_everything: bool = False) -> Iterator[Finding]:
    """Every finding, in an order in which they can be mended.

    `mail_to` is an address that a mail is really sent to. With `opens_everything` each sealed text
    is opened, which takes a second for every few thousand.
    """
    for name in sorted(LOOKS):
        yield LOOKS[name].finding()
    yield from rules.broken()
    if opens_everything:
        yield inquiries.everything_opens()
    if mail_to:
        yield mail.sends_to(mail_to)
