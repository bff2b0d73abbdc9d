"""What Markdown can say and rich text cannot, so that nothing goes without a word."""

from collections.abc import Iterable, Iterator
from typing import Any

from markdown_it.token import Token
from wagtail.whitelist import check_url

from .article import LeftOut


def losses_of(tokens: list[Token], env: dict[str, Any]) -> Iterator[LeftOut]:
    """What `tokens` lose on their way into a body. `env` holds the link definitions."""
    in_heading = False
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            in_heading = token.nesting > 0 and token.level == 0
        line = token.map[0] + 1 if token.map else 0
        for what in _of_block(token):
            yield LeftOut(line, what)
        if token.type == "inline":
            yield from _of_inline(token.children or [], line, in_heading)
    yield from _unused_definitions(tokens, env)


def _of_block(token: Token) -> Iterator[str]:
    if token.type == "blockquote_open":
        yield "the mark of a quotation; its words are kept"
    elif token.type == "fence":
        yield f"the mark of a code block ({token.info.strip() or 'code'}); its words are kept"
    elif token.type == "ordered_list_open" and token.attrGet("start") is not None:
        yield f"the first number of a list, {token.attrGet('start')}; it counts from 1"


def _of_inline(children: list[Token], line: int, as_words: bool) -> Iterator[LeftOut]:
    """What is lost of inline tokens. `as_words`: they end as words, so that links are lost too."""
    for position, child in enumerate(children):
        if child.type in {"softbreak", "hardbreak"}:
            line += 1
        elif child.type == "html_inline":
            if not child.content.startswith("</"):
                yield LeftOut(line, f"HTML {' '.join(child.content.split())}")
            line += child.content.count("\n")
        elif child.type == "image":
            yield LeftOut(line, f"picture {_address(child)}; its description is kept as text")
            yield from _of_inline(child.children or [], line, as_words=True)
        elif child.type == "link_open":
            is_empty = children[position + 1].type == "link_close"
            if as_words or is_empty or check_url(str(child.attrGet("href"))) is None:
                yield LeftOut(line, f"link to {_address(child)}")
            elif child.attrGet("title"):
                yield LeftOut(line, f"title of a link: {child.attrGet('title')}")


def _address(token: Token) -> str:
    """Where a link or a picture leads, and its title."""
    address = token.attrGet("href") or token.attrGet("src")
    return " ".join(str(part) for part in (address, token.attrGet("title")) if part)


def _unused_definitions(tokens: Iterable[Token], env: dict[str, Any]) -> Iterator[LeftOut]:
    """The definitions of links that no link uses."""
    children = [child for token in tokens for child in token.children or ()]
    used = {child.attrGet("href") or child.attrGet("src") for child in children}
    for label, found in env.get("references", {}).items():
        if found["href"] not in used:
            words = " ".join(filter(None, (f"[{label}]", found["href"], found["title"])))
            yield LeftOut(found["map"][0] + 1, f"definition of a link that is not used: {words}")
    for found in env.get("duplicate_refs", ()):
        words = f"[{found['label']}] {found['href']} {found['title']}".rstrip()
        yield LeftOut(found["map"][0] + 1, f"second definition of a link: {words}")
