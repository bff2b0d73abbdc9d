"""Headings of a body and the anchors that lead to them."""

from typing import NamedTuple

from django.utils.text import slugify
from wagtail.blocks import StreamValue


class Heading(NamedTuple):
    """A section's heading: its words and the `id` that it has on the page."""

    text: str
    anchor: str


def anchor_of(text: str) -> str:
    """The `id` of a heading with these words. Never empty, also for other scripts."""
    return f"section-{slugify(text, allow_unicode=True) or 'untitled'}"


def _headings(body: StreamValue) -> list[dict]:
    return [block["value"] for block in body.raw_data if block["type"] == "heading"]


def contents_of(body: StreamValue) -> list[Heading]:
    """The body's sections in order, without the parts of sections."""
    return [
        Heading(value["text"], anchor_of(value["text"]))
        for value in _headings(body)
        if value.get("level", "2") == "2"
    ]


def repeated_heading(body: StreamValue) -> str | None:
    """The words of the first heading whose anchor an earlier one has already, if any."""
    seen: set[str] = set()
    for value in _headings(body):
        anchor = anchor_of(value["text"])
        if anchor in seen:
            return value["text"]
        seen.add(anchor)
    return None
