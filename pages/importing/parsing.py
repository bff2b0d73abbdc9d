"""From the text of a file to an article: its title, its blocks, and what was left out."""

from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from django.utils.html import strip_tags
from django.utils.text import slugify
from markdown_it.token import Token

from ..markdown import PageOf
from .article import Block, ParsedArticle, Refusal
from .lines import MAX_HEADING_LENGTH, groups_of
from .losses import losses_of
from .plain import as_markdown
from .rendering import import_parser, plain_words, rich_text
from .residue import without_residue

MAX_TITLE_LENGTH = 255
HEADING_TOKENS = 3  # It opens, it has words, it closes.
TOP_LEVEL = "h1"


def key_of(title: str) -> str:
    """What identifies an imported article, also after staff renamed its page."""
    return slugify(title, allow_unicode=True)[:MAX_TITLE_LENGTH]


def parse(text: str, page_of: PageOf | None = None) -> ParsedArticle:
    """The article that `text` holds. `page_of` gives a page's id for a path of this site, if any.

    Raises Refusal where there is no title, one that is too long, or no text.
    """
    lines, residue = without_residue([line.rstrip() for line in text.splitlines()])
    tokens, env = _tokens_with_title(lines)
    _refuse_depth(tokens)
    title, rest = _without_title(tokens)
    body = list(_blocks(rest, page_of))
    if not any(block["type"] == "text" for block in body):
        raise Refusal("The file has a title and no text below it.")
    return ParsedArticle(
        title, body, sorted([*residue, *losses_of(tokens, env)], key=itemgetter(0))
    )


def _tokens_with_title(lines: list[str]) -> tuple[list[Token], dict[str, Any]]:
    """The tokens of Markdown or plain text, with a heading of the top level among them."""
    if not any(lines):
        raise Refusal("The file has no title: it holds nothing but links to other pages.")
    tokens, env = _tokens(lines)
    if not any(_is_heading(token, lines) for token in tokens):
        return _tokens(as_markdown(lines))
    if any(token.tag == TOP_LEVEL and token.level == 0 for token in tokens):
        return tokens, env
    first = groups_of(lines)[0][0]
    promoted = "# " + lines[first].lstrip(" #")
    return _tokens([*lines[:first], promoted, *lines[first + 1 :]])


def _tokens(lines: list[str]) -> tuple[list[Token], dict[str, Any]]:
    env: dict[str, Any] = {}
    return import_parser().parse("\n".join(lines), env), env


def _is_heading(token: Token, lines: list[str]) -> bool:
    """Whether a token shows that the text is Markdown: a heading, marked or underlined.

    A paragraph of plain text with a rule below it is no heading.
    """
    if token.type != "heading_open" or token.level > 0 or token.map is None:
        return False
    start, end = token.map
    return token.markup.startswith("#") or (
        end - start == 2 and len(lines[start]) <= MAX_HEADING_LENGTH
    )


def _refuse_depth(tokens: list[Token]) -> None:
    """Refuse what the parser would cut off."""
    deepest = import_parser().options["maxNesting"] - 1
    for token in tokens:
        if token.level >= deepest and token.map:
            raise Refusal(f"Line {token.map[0] + 1} is nested too deeply in lists or quotations.")


def _without_title(tokens: list[Token]) -> tuple[str, list[Token]]:
    """The words of the first heading of the top level, and the tokens around it."""
    at = next(n for n, token in enumerate(tokens) if token.tag == TOP_LEVEL and token.level == 0)
    title = plain_words(tokens[at + 1].children)
    if not key_of(title):
        raise Refusal("The file has no title: its first line has neither letters nor digits.")
    if len(title) > MAX_TITLE_LENGTH:
        raise Refusal(
            f"The title has {len(title)} characters, and {MAX_TITLE_LENGTH} are allowed: "
            "put a shorter one on the first line, and an empty line below it."
        )
    return title, tokens[:at] + tokens[at + HEADING_TOKENS :]


def _blocks(tokens: list[Token], page_of: PageOf | None) -> Iterator[Block]:
    """Headings, and the text between two of them as one block."""
    markdown = import_parser()
    for part in _parts(tokens):
        heading = plain_words(part[1].children) if part[0].type == "heading_open" else ""
        if part[0].type == "heading_open" and not heading:
            continue
        if heading and len(heading) <= MAX_HEADING_LENGTH:
            level = "2" if part[0].tag in {TOP_LEVEL, "h2"} else "3"
            yield {"type": "heading", "value": {"text": heading, "level": level}}
            continue
        html = rich_text(part, markdown, page_of)
        if strip_tags(html).strip():
            yield {"type": "text", "value": html}


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens of each heading, and those between two headings."""
    start = 0
    for at, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            yield from filter(None, [tokens[start:at]])
            start = at + HEADING_TOKENS
            yield tokens[at:start]
    yield from filter(None, [tokens[start:]])
