"""The rich texts of one page, rendered together.

Wagtail looks every text's links up on its own, so a page's queries grow with its paragraphs. Here
the links of each kind and the citations of a whole page cost one query each.
"""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.rich_text import RichText, expand_db_html

from .citations import Citations, cited_keys, texts_in

LINK = re.compile(r'<a\s(?=[^>]*\blinktype="(page|document)")[^>]*\bid="(\d+)"[^>]*>')


class PageTexts:
    """Knows the address of everything that a body links to and the number of every source."""

    def __init__(self, raw_data: Any, known: Iterable[Page] = ()) -> None:
        """Take the body as a StreamField stores it, and published pages that need no query.

        At most three queries.
        """
        words = "\n".join(texts_in(raw_data))
        links = set(LINK.findall(words))
        pages = {str(page.pk): page for page in known if ("page", str(page.pk)) in links}
        ids = [pk for kind, pk in links if kind == "page" and pk not in pages]
        files = [pk for kind, pk in links if kind == "document"]
        found = Page.objects.live().filter(pk__in=ids) if ids else ()
        documents = get_document_model().objects.filter(pk__in=files) if files else ()
        self._urls = {("page", str(page.pk)): page.url for page in [*pages.values(), *found]}
        self._urls |= {("document", str(file.pk)): file.url for file in documents}
        self.citations = Citations(cited_keys(words))

    def render(self, text: RichText) -> SafeString:
        """HTML of `text`. A link to what is not there, or not published, keeps its words only."""
        html = text.source
        if "<a" in html or "<embed" in html:  # Wagtail's rewriters look for nothing else.
            html = expand_db_html(LINK.sub(self._link, html))
        return self.citations.mark(html)

    def _link(self, match: re.Match[str]) -> str:
        url = self._urls.get((match[1], match[2]))
        return f'<a href="{escape(url)}">' if url else "<a>"
