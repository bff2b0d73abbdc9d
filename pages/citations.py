"""Citations: `[@key]` in a text becomes a number that leads to the source, and back.

An editor writes the key of a source where the claim stands. The number is worked out when the page
is shown, in the order in which the sources are first cited, so it cannot go out of step with the
list below the text.
"""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

KEY_PATTERN = r"[a-z0-9]+(?:-[a-z0-9]+)*"
CITATION = re.compile(rf"[ \u00a0]?\[@({KEY_PATTERN})\]")
# Citations with nothing between them, which are shown together; a tag is passed over whole.
CITATIONS = re.compile(rf"<[^>]*>|(?:[ \u00a0]?\[@{KEY_PATTERN}\])+")


def cited_keys(value: Any) -> list[str]:
    """Every key cited in `value`, once each, in order. `value` is text or nested lists and dicts
    of it, as a StreamField's raw data is."""
    return list(dict.fromkeys(CITATION.findall("\n".join(texts_in(value)))))


def without_citations(text: str) -> str:
    """`text` as it reads aloud: without its citation marks."""
    return CITATION.sub("", text)


def texts_in(value: Any) -> list[str]:
    """Every text in `value`, which is text or nested lists and dicts of it, in order."""
    texts, waiting = [], [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            texts.append(value)
        elif isinstance(value, Iterable):
            parts = value.values() if isinstance(value, Mapping) else value
            waiting += reversed(list(parts))
    return texts


class Citations:
    """The numbered sources of one page, and the marks in its text that lead to them."""

    def __init__(self, keys: Iterable[str]) -> None:
        """Take the cited keys in any order. One query; a key without a source gets no number.

        Numbers are given while the texts are marked: only the page knows the order in which they
        are read. What a block holds may come from the database in another one.
        """
        from .models import Source

        keys = list(keys)
        self._known = Source.objects.in_bulk(keys, field_name="key") if keys else {}
        self._numbers: dict[str, int] = {}

    @property
    def sources(self) -> list:
        """The sources marked so far, in the order of their numbers."""
        return [self._known[key] for key in self._numbers]

    def mark(self, html: str) -> SafeString:
        """`html` with each `[@key]` turned into its number. A key without a source vanishes."""
        marked = CITATIONS.sub(self._marks, html) if "[@" in html else html
        return mark_safe(marked)  # noqa: S308 - `html` is clean already

    def _marks(self, match: re.Match[str]) -> str:
        if match[0].startswith("<"):
            return match[0]
        keys = [key for key in CITATION.findall(match[0]) if key in self._known]
        marks = SafeString(",").join(self._mark(key) for key in keys)
        return f'<sup class="citation">{marks}</sup>' if marks else ""

    def _mark(self, key: str) -> SafeString:
        """The number of a source. The first one carries the anchor that the list leads back to."""
        is_first = key not in self._numbers
        number = self._numbers.setdefault(key, len(self._numbers) + 1)
        anchor = format_html(' id="cited-{}"', number) if is_first else ""
        words = _("Source %(number)s") % {"number": number}
        mark = '<a href="#source-{}"{} aria-label="{}">{}</a>'
        return format_html(mark, number, anchor, words, number)
