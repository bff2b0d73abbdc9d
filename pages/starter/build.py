"""Words for writing starter content: one function a block, and what they make.

A value says what it is by its type: `Markdown`, the key of an `Image`, the `Path` of a page. The
planter turns these into rich text and ids once the images and pages exist.
"""

from dataclasses import dataclass, field
from textwrap import dedent
from typing import Any

Block = dict[str, Any]


class Markdown(str):
    """Text to be stored as rich text."""


class Image(str):
    """The key of a starter image."""


class Path(str):
    """The address of a page of this site."""


@dataclass(frozen=True)
class Source:
    """A publication, with the fields of `pages.models.Source`."""

    key: str
    authors: str
    title: str
    year: int
    publisher: str = ""
    detail: str = ""
    url: str = ""


@dataclass(frozen=True)
class Content:
    """A page: its slug, its plain fields, the key of its image, and its body."""

    slug: str
    fields: dict[str, str]
    image: str = ""
    topic: str = ""
    body: list[Block] = field(default_factory=list)
    links: list[Block] = field(default_factory=list)


source = Source


def home(*, image: str, links: list[Block], body: list[Block], **fields: str) -> Content:
    return Content("home", fields, image, body=body, links=links)


def library(**fields: str) -> Content:
    return Content("library", fields)


def standard_page(*, slug: str, body: list[Block], image: str = "", **fields: str) -> Content:
    return Content(slug, fields, image, body=body)


def article(*, slug: str, topic: str, image: str, body: list[Block], **fields: str) -> Content:
    return Content(slug, fields, image, topic, body)


def _md(text: str) -> Markdown:
    return Markdown(dedent(text).strip())


def _block(kind: str, value: Any) -> Block:
    return {"type": kind, "value": value}


def _link(label: str, path: str) -> Block:
    return {"label": label, "page": Path(path), "url": ""}


def button(label: str, path: str) -> Block:
    return _block("link", _link(label, path))


def heading(text: str) -> Block:
    return _block("heading", {"text": text, "level": "2"})


def subheading(text: str) -> Block:
    return _block("heading", {"text": text, "level": "3"})


def text(markdown: str) -> Block:
    return _block("text", _md(markdown))


def figure(image: str, caption: str = "") -> Block:
    return _block("figure", {"image": Image(image), "caption": caption})


def key_points(*points: str) -> Block:
    return _block("key_points", {"title": "Key points", "points": [_md(p) for p in points]})


def callout(title: str, markdown: str, tone: str = "note") -> Block:
    return _block("callout", {"tone": tone, "title": title, "text": _md(markdown)})


def balance(*, benefit: str, risk: str) -> Block:
    return _block("balance", {"benefit": _md(benefit), "risk": _md(risk)})


def number(part: int, whole: int, words: str) -> Block:
    return _block("number", {"part": part, "whole": whole, "words": _md(words)})


def effects(caption: str, rows: list[tuple[str, str, str]], note: str = "") -> Block:
    names = ("effect", "how_common", "how_long")
    cells = [dict(zip(names, row, strict=True)) for row in rows]
    return _block("effects", {"caption": caption, "rows": cells, "note": _md(note)})


def steps(title: str, items: list[tuple[str, str, str]]) -> Block:
    parts = [{"title": name, "when": when, "text": _md(words)} for name, when, words in items]
    return _block("steps", {"title": title, "steps": parts})


def study(title: str, *, design: str, people: str, found: str, limits: str, source: str) -> Block:
    finding = _md(found)
    if f"[@{source}]" not in finding:
        finding = Markdown(f"{finding} [@{source}]")
    facts = {"title": title, "design": design, "people": people}
    return _block("study", facts | {"found": finding, "limits": _md(limits)})


def questions(title: str, items: list[tuple[str, str]]) -> Block:
    asked = [{"question": question, "answer": _md(answer)} for question, answer in items]
    return _block("questions", {"title": title, "questions": asked})


def suitability(*, may: list[str], may_not: list[str], note: str = "") -> Block:
    lists = {"may": [_md(item) for item in may], "may_not": [_md(item) for item in may_not]}
    return _block("suitability", lists | {"note": _md(note)})


def care(urgency: str, title: str, markdown: str) -> Block:
    return _block("care", {"urgency": urgency, "title": title, "text": _md(markdown)})


def crisis() -> Block:
    return _block("crisis", None)


def call_to_action(
    heading: str, markdown: str, label: str = "Contact us", path: str = "/contact/"
) -> Block:
    value = {"heading": heading, "text": _md(markdown), "link": _link(label, path)}
    return _block("call_to_action", value)


def cards(title: str, items: list[tuple[str, str, str]]) -> Block:
    made = [{"text": words, "link": _link(label, path)} for label, words, path in items]
    return _block("cards", {"title": title, "cards": made})


def latest_articles(title: str) -> Block:
    return _block("latest_articles", {"title": title, "count": 3})


def practice_details() -> Block:
    return _block("practice_details", None)


def place(note: str) -> Block:
    return _block("place", {"note": note})
