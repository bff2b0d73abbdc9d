"""Whatever a file holds: it is refused, or not a word of it is lost."""

from html import unescape
from itertools import chain

import pytest
from django.core.management import CommandError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pages.importing.article import ParsedArticle, Refusal
from pages.importing.parsing import parse
from pages.importing.rendering import as_stored
from pages.models import ArticlePage

# No word is part of another, so that each can be counted.
WORDS = ["breath", "Calm", "dose", "Fog", "gown", "hush", "Ink", "Journey", "kelp", "Next", "share"]
MARKS = [
    *("\n", "\n\n", "\n\n", " ", " ", "  ", "\t", ". ", ".\n\n", "? ", ", ", "*", "**", "_", "`"),
    *(
        "\n# ",
        "\n\n## ",
        "\n\n### ",
        "\n- ",
        "\n  - ",
        "\n    - ",
        "\n1. ",
        "\n7) ",
        "\n• ",
        "\n> ",
    ),
    *("[", "](", ")", "![", "](/x)", "](gopher://x)", ' "', '")', "\n```", "\n~~~\n", "\n---\n"),
    *("<b>", "</b>", "<br>", '<div class="', '">', "<!-- ", " -->", "<", ">", "\\", "&", "&nbsp;"),
    *("\n[ref]: /y\n", "[ref]", "\n[", "]: ", "\n===\n", "|", "\u2028", "\f", "\u00a0"),
]
PIECES = st.lists(st.sampled_from(WORDS) | st.sampled_from(MARKS), max_size=60)
PLAIN = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\n .-*#"))


def parsed(text: str) -> ParsedArticle | None:
    try:
        return parse(text)
    except Refusal:
        return None


def kept_by(article: ParsedArticle) -> str:
    """Everything that the draft or the report says, in one text."""
    values = (block["value"] for block in article.body)
    texts = chain.from_iterable(
        v.values() if isinstance(v, dict) else [unescape(v)] for v in values
    )
    return "\n".join([article.title, *texts, *(loss.what for loss in article.left_out)])


@settings(max_examples=500)
@given(title=st.sampled_from(["Calm\n\n", "# Calm ", ""]), pieces=PIECES)
def test_no_word_is_lost(title, pieces):
    text = title + "".join(pieces)
    article = parsed(text)
    if article:
        kept = kept_by(article).casefold()
        for word in map(str.casefold, WORDS):
            assert kept.count(word) >= text.casefold().count(word), word


@given(pieces=PIECES)
def test_the_editor_would_store_the_same(pieces):
    article = parsed("Calm\n\n" + "".join(pieces))
    texts = [block["value"] for block in article.body if block["type"] == "text"] if article else []
    for text in texts:
        assert as_stored(text) == text


@given(text=PLAIN)
def test_plain_text_stays_word_for_word(text):
    text = "Title\n\n" + text.replace("#", "")
    article = parsed(text)
    if article and not any(line.strip("-= ") == "" for line in text.splitlines()[2:] if line):
        kept = "".join(kept_by(article).split())
        for word in text.split():
            assert word.lstrip("-*•.)0123456789") in kept


@pytest.mark.usefixtures("library")
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(text=st.text() | PIECES.map("".join), publish=st.booleans())
def test_any_text_is_saved_or_refused(import_text, text, publish):
    before = ArticlePage.objects.count()
    try:
        import_text(text, *(["--publish"] if publish else []))
    except CommandError:
        assert ArticlePage.objects.count() == before
    else:
        assert "Nothing new" in import_text(text)
