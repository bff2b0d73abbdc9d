"""What an import hands on, and how it refuses."""

from dataclasses import dataclass
from typing import Any, NamedTuple

Block = dict[str, Any]  # As a StreamField stores it: its type and its value.


class Refusal(Exception):
    """The file cannot be imported. The message says why, in one sentence for the person."""


class LeftOut(NamedTuple):
    """Something of the file that is not in the article."""

    line: int
    what: str


@dataclass(frozen=True)
class ParsedArticle:
    """An article as the file gives it: its body as a StreamField stores it, and the rest."""

    title: str
    body: list[Block]
    left_out: list[LeftOut]

    @property
    def sections(self) -> int:
        """How many headings begin a section."""
        return sum(heading["level"] == "2" for heading in self._values("heading"))

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are, not counting the points of lists."""
        return self._count("<p>")

    @property
    def points(self) -> int:
        """How many points there are in lists."""
        return self._count("<li>")

    def _count(self, tag: str) -> int:
        return sum(text.count(tag) for text in self._values("text"))

    def _values(self, block_type: str) -> list[Any]:
        return [block["value"] for block in self.body if block["type"] == block_type]
