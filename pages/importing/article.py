"""What an import hands on, and how it refuses."""

from dataclasses import dataclass
from typing import NamedTuple

Block = dict[str, str | dict[str, str]]


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
        headings = [block["value"] for block in self.body if block["type"] == "heading"]
        return sum(isinstance(value, dict) and value["level"] == "2" for value in headings)

    @property
    def paragraphs(self) -> int:
        """How many paragraphs there are, not counting the points of lists."""
        return self._count("<p>")

    @property
    def points(self) -> int:
        """How many points there are in lists."""
        return self._count("<li>")

    def _count(self, tag: str) -> int:
        texts = [block["value"] for block in self.body if block["type"] == "text"]
        return sum(text.count(tag) for text in texts if isinstance(text, str))
