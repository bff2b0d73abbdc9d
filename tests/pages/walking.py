"""A walk over the site: from the sitemap along every link of its own that is found on the way."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urldefrag, urljoin
from xml.etree import ElementTree

from bs4 import BeautifulSoup, Tag
from django.conf import settings
from django.test import Client

NOT_WALKED = ("/static/", "/admin/")


@dataclass
class Visit:
    """What an address answered."""

    address: str
    status: int
    kind: str
    page: BeautifulSoup = field(repr=False)

    @property
    def is_page(self) -> bool:
        return self.kind.startswith("text/html")

    def links(self) -> Iterator[tuple[str, str]]:
        """Address and fragment of every link to this site, as they lead from here."""
        for tag, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("form", "action")):
            for element in self.page.find_all(tag, {attribute: True}):
                yield from self._inside(str(element[attribute]))
        for element in self.page.find_all(["source", "img"], srcset=True):
            for part in str(element["srcset"]).split(","):
                yield from self._inside(part.split()[0])
        for element in self.page.find_all("meta", property="og:image"):
            yield from self._inside(str(element["content"]))

    def _inside(self, href: str) -> Iterator[tuple[str, str]]:
        address, fragment = urldefrag(urljoin(settings.SITE_URL + self.address, href))
        if address.startswith(settings.SITE_URL + "/"):
            yield address.removeprefix(settings.SITE_URL), fragment

    def one(self, selector: str) -> Tag:
        """The only element there is for the selector."""
        found = self.page.select(selector)
        assert len(found) == 1, f"{self.address} has {len(found)} of {selector}"
        return found[0]


def addresses_of_sitemap(client: Client, **part: int) -> list[str]:
    """The paths that the sitemap lists, or one part of it."""
    places = ElementTree.fromstring(client.get("/sitemap.xml", part).content).iter()
    full = [str(place.text) for place in places if place.tag.endswith("}loc")]
    assert all(address.startswith(settings.SITE_URL + "/") for address in full)
    return [address.removeprefix(settings.SITE_URL) for address in full]


def walk(client: Client) -> dict[str, Visit]:
    """Visit every address once."""
    visits: dict[str, Visit] = {}
    ahead = addresses_of_sitemap(client)
    while ahead:
        address = ahead.pop()
        if address not in visits and not address.startswith(NOT_WALKED):
            visits[address] = visit = _visit(client, address)
            ahead += [found for found, _fragment in visit.links()]
    return visits


def _visit(client: Client, address: str) -> Visit:
    answer = client.get(address)
    kind = answer.get("Content-Type", "")
    html = answer.content if kind.startswith("text/html") else b""
    answer.close()
    return Visit(address, answer.status_code, kind, BeautifulSoup(html, "html.parser"))
