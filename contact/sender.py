"""What a request says about who sent it, without a word about the person."""

import ipaddress
import re
from typing import NamedTuple

from django.conf import settings
from django.http import HttpRequest

from .models import Suspicion
from .rehearsal import mark

# How much of an address is one network: what a household or an office gets, and no less.
PREFIXES = {4: 24, 6: 56}
WITH_PORT = re.compile(r"\[(.+)\](?::\d+)?|([\d.]+):\d+")


def client_address(request: HttpRequest) -> str:
    """The address that the request came from, as the first of our own proxies saw it.

    Each proxy adds one entry at the right of X-Forwarded-For. Whatever stands further left was
    written by the sender. A list that is too short did not come through all the proxies.
    """
    forwarded = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.TRUSTED_PROXIES
    is_complete = count and len(forwarded) >= count and forwarded[-count].strip()
    address = forwarded[-count] if is_complete else request.META.get("REMOTE_ADDR", "")
    return address.strip()


def network_of(address: str) -> str:
    """The network of an address, such as `192.0.2.0/24`; nothing for what is no address."""
    with_port = WITH_PORT.fullmatch(address)
    bare = (with_port[1] or with_port[2]) if with_port else address
    try:
        known = ipaddress.ip_address(bare)
    except ValueError:
        return ""
    known = getattr(known, "ipv4_mapped", None) or known
    bits = f"{known}".partition("%")[0]
    return str(ipaddress.ip_network((bits, PREFIXES[known.version]), strict=False))


class Sender(NamedTuple):
    """Where a post came from, as far as it matters for spam."""

    network: str = ""
    is_foreign: bool = False
    is_rehearsal: bool = False

    @classmethod
    def of(cls, request: HttpRequest) -> "Sender":
        """The sender of a request. `Sec-Fetch-Site` is the browser's word: no page can set it.

        Our own test counts for no network: it must not bring a neighbour nearer to a limit.
        """
        is_rehearsal = mark.is_genuine(request)
        return cls(
            network="" if is_rehearsal else network_of(client_address(request)),
            is_rehearsal=is_rehearsal,
            is_foreign=request.headers.get("Sec-Fetch-Site") == "cross-site",
        )

    @property
    def suspicions(self) -> list[Suspicion]:
        """Why staff should look twice at what this sender sent."""
        return [Suspicion.FOREIGN] if self.is_foreign else []
