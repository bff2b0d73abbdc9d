"""The rich texts of one page, rendered together.

Wagtail looks every text's links up on its own, so a page's queries grow with its paragraphs. Here
the links and the citations of a whole page cost one query each.
"""

import re
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from .citations import Citations, cited_keys, texts_in

PAGE_LINK = re.compile(r'<a\s(?=[^>]*\blinktype="page")[^>]*\bid="(\d+)"[^>]*>')


class PageTexts:
    """Knows the address of every page that a body links to and the number of every source."""

    def __init__(self, raw_data: Any) -> None:
        """Take the body as a StreamField stores it. At most two queries."""
        ids = {int(pk) for text in texts_in(raw_data) for pk in PAGE_LINK.findall(text)}
        pages = Page.objects.live().filter(pk__in=ids) if ids else ()
        self._urls = {str(page.pk): page.url for page in pages}
        self.citations = Citations(cited_keys(raw_data))

    def render(self, text: RichText) -> SafeString:
        """HTML of `text`. A link to a page that is not published keeps its words only."""
        html = PAGE_LINK.sub(self._link, text.source)
        return self.citations.mark(expand_db_html(html))

    def _link(self, match: re.Match[str]) -> str:
        url = self._urls.get(match[1])
        return f'<a href="{escape(url)}">' if url else "<a>"
