"""What a value that is not there leaves behind on a page: nothing, if the template is right."""

import re
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

HOLDS_NO_WORDS = {
    "img",
    "br",
    "hr",
    "input",
    "source",
    "textarea",
    "select",
    "meta",
    "link",
    "rect",
}
DANGLING = re.compile(r"(^|\s)[,;:-]+\s*$|^\s*[,;:.-]+(\s|$)|,\s*,|\(\s*\)|:\s*\.")


def residue_in(html: str) -> list[str]:
    """Elements without words, and texts with a comma, dash or `None` that belongs to nothing."""
    page = BeautifulSoup(html, "html.parser")
    return [*_empty_elements(page), *_dangling_texts(page)]


def _empty_elements(page: Tag) -> Iterator[str]:
    for element in page.find_all(True):
        is_empty = not element.get_text(strip=True) and not element.find(HOLDS_NO_WORDS)
        if is_empty and element.name not in HOLDS_NO_WORDS:
            yield str(element)


def _dangling_texts(page: Tag) -> Iterator[str]:
    for element in page.find_all(
        ["p", "li", "dt", "dd", "span", "address", "h2", "h3", "td", "th"]
    ):
        text = " ".join(element.get_text().split())
        if DANGLING.search(text) or "None" in text.split():
            yield text
