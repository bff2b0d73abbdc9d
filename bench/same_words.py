"""Publish an article of ours from the blocks that stock Wagtail was given: `BLOCKS.json`.

Our own has cards, tables and numbered sources where the stock one has paragraphs. This one has the
same content, so it shows what our frame, contents list and way to the page cost.
"""

import json
import sys
from pathlib import Path

import django

SLUG = "same-words"
KINDS = {"heading": "heading", "paragraph": "text"}


def publish(blocks: list[tuple[str, str]]) -> None:
    """Publish the article in the library."""
    from pages.models import ArticlePage, LibraryPage

    body = [{"type": KINDS[kind], "value": text} for kind, text in blocks]
    article = ArticlePage(title="The same words", slug=SLUG, body=json.dumps(body))
    LibraryPage.objects.get().add_child(instance=article)


if __name__ == "__main__":
    django.setup()
    publish(json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")))
