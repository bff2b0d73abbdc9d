"""Tokens of Markdown into rich text, as the editor itself would store it."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.token import Token
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.whitelist import check_url

from ..markdown import PageOf, RichTextRenderer, Tokens, parser

BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')
# Tags within a word leave nothing behind; any other stands between words.
WITHIN_WORDS = {
    "a",
    "abbr",
    "b",
    "code",
    "em",
    "i",
    "mark",
    "s",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
}
EMPTY = ("<p></p>", "<p>\u00a0</p>", "<li></li>", "<ul></ul>", "<ol></ol>")
BLOCKS_NOT_IN_POINTS = {"paragraph_open", "paragraph_close", "heading_open", "heading_close"}


def import_parser() -> MarkdownIt:
    """The site's parser, which moreover tells tags from words."""
    markdown = parser()
    markdown.options["html"] = True
    markdown.renderer = ImportRenderer(markdown)
    return markdown


def tag_name(tag: str) -> str:
    """The name in a tag such as `</Div >`. Empty for a comment."""
    return re.split(r"[\s/>]", tag.lower().lstrip("</"), maxsplit=1)[0]


class ImportRenderer(RichTextRenderer):
    """Keeps the words of pictures, tags and code, and nothing else of them."""

    def image(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        return escape(plain_words(tokens[index].children))

    def html_inline(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        name = tag_name(tokens[index].content)
        return "<br/>" if name == "br" else "" if name in WITHIN_WORDS else " "

    def link_open(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        """A link, unless the editor would not store its address."""
        if check_url(str(tokens[index].attrGet("href"))) is None:
            return "<a>"
        return super().link_open(tokens, index, options, env)

    def fence(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        lines = escape(tokens[index].content.strip()).splitlines()
        code = "<br/>".join(line.strip() for line in lines)
        return f"<p>{code}</p>" if tokens[index].block else code


def plain_words(children: Iterable[Token] | None) -> str:
    """The words of inline tokens, without any mark-up."""
    return " ".join("".join(_words(child) for child in children or ()).split())


def _words(child: Token) -> str:
    if child.type == "image":
        return plain_words(child.children)
    if child.type in {"softbreak", "hardbreak"}:
        return " "
    if child.type == "html_inline":
        return "" if tag_name(child.content) in WITHIN_WORDS else " "
    return child.content


def rich_text(tokens: list[Token], markdown: MarkdownIt, page_of: PageOf | None) -> str:
    """Rich text of block tokens. Empty if nothing in them can be read."""
    flat = list(_with_flat_items(tokens))
    html = as_stored(markdown.renderer.render(flat, markdown.options, {"page_of": page_of}))
    for empty in EMPTY:
        html = html.replace(empty, "")
    return html


def as_stored(html: str) -> str:
    """Rich text as the editor stores it, but without the keys that it gives to its blocks."""
    converter = get_rich_text_editor_widget("default").converter
    stored = converter.to_database_format(converter.from_database_format(html))
    without_keys = BLOCK_KEY.sub("", stored)
    # The editor breaks a list in two after points of another kind: numbers would begin again.
    return without_keys.replace("</ol><ol>", "").replace("</ul><ul>", "")


def _with_flat_items(tokens: Iterable[Token]) -> Iterator[Token]:
    """The tokens, with line breaks instead of paragraphs within the points of lists.

    The editor knows no paragraphs there: it would move them out of the list.
    """
    depth, has_text = 0, False
    for token in tokens:
        if token.type in {"list_item_open", "list_item_close"}:
            depth += token.nesting
            has_text = token.nesting < 0
            yield token
        elif not depth or token.type not in BLOCKS_NOT_IN_POINTS:
            is_text = depth > 0 and token.type in {"inline", "fence"}
            if is_text and has_text:
                yield Token("hardbreak", "br", 0)
            has_text |= is_text
            yield token.copy(block=token.block and not depth)
