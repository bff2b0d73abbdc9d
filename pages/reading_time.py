"""How long it takes to read a body."""

import hashlib
import json

from wagtail.blocks import StreamValue

from .shelf import Shelf

WORDS_PER_MINUTE = 220  # A careful reader's pace for plain English, rounded down.
MOST_COUNTED = 1000  # Bodies whose words are remembered, at some hundred bytes each.

_counted: Shelf[int] = Shelf(MOST_COUNTED)


def minutes_to_read(body: StreamValue) -> int:
    """In minutes, at least one."""
    return max(1, round(_words_of(body) / WORDS_PER_MINUTE))


def _words_of(body: StreamValue) -> int:
    """How many words a body has. They are counted once for each content, whichever page or draft
    has it: to take all markup away costs a sixth of what the page does."""
    content = hashlib.sha256(json.dumps(list(body.raw_data)).encode()).digest()
    words = _counted.get(content)
    if words is None:
        texts = body.stream_block.get_searchable_content(body)
        words = sum(len(text.split()) for text in texts)
        _counted.put(content, words)
    return words
