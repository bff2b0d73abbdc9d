"""Markdown into the rich text that Wagtail stores, and nothing that an editor could not write."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.html import escape
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

PageOf = Callable[[str], int | None]
Tokens = Sequence[Token]


def parser() -> MarkdownIt:
    """CommonMark without raw HTML, without pictures and without code blocks by indentation."""
    return MarkdownIt("commonmark", {"html": False}, renderer_cls=RichTextRenderer).disable(
        ["code", "html_block"]
    )


def _always(markup: str) -> Callable[..., str]:
    """A rule that gives fixed markup, whatever its token."""
    return lambda *_: markup


class RichTextRenderer(RendererHTML):
    """Renders with the elements of Wagtail's rich text: `b` and `i`, links, lists, paragraphs."""

    strong_open, strong_close = _always("<b>"), _always("</b>")
    em_open, em_close = _always("<i>"), _always("</i>")
    softbreak, hardbreak = _always(" "), _always("<br/>")
    blockquote_open = blockquote_close = hr = image = _always("")

    def code_inline(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        return escape(tokens[index].content)

    def fence(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        return f"<p>{escape(tokens[index].content.strip())}</p>\n"

    def heading_open(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        return "<p><b>"

    def heading_close(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        return "</b></p>\n"

    def link_open(self, tokens: Tokens, index: int, options: Any, env: Any) -> str:
        """A link to a page by its id where there is such a page, so that it survives a move."""
        href = str(tokens[index].attrGet("href") or "")
        page_of: PageOf | None = env.get("page_of")
        pk = page_of(href) if page_of and href.startswith("/") else None
        return f'<a linktype="page" id="{pk}">' if pk else f'<a href="{escape(href)}">'


def to_rich_text(markdown: str, page_of: PageOf | None = None) -> str:
    """Rich text for `markdown`. `page_of` gives the page's id for a path of this site, if any."""
    return parser().render(markdown, {"page_of": page_of}).strip()
