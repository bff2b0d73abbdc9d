"""An article says how long it takes to read."""

import pytest
from wagtail.rich_text import RichText

from pages.models import ArticlePage
from pages.reading_time import WORDS_PER_MINUTE, minutes_to_read


@pytest.mark.parametrize(
    ("words", "minutes"),
    [(0, 1), (1, 1), (WORDS_PER_MINUTE, 1), (2 * WORDS_PER_MINUTE, 2), (1000, 5)],
)
def test_minutes_follow_the_words(write, words, minutes):
    assert write("Long", ("text", RichText(f"<p>{'word ' * words}</p>"))).minutes_to_read == minutes


def test_markup_and_citations_are_no_words(write, sources):
    sources("trial")
    half = '<b class="a b c">word</b>[@trial]<br/>\n' * WORDS_PER_MINUTE
    assert write("Bold", ("text", RichText(f"<p>{half}</p>"))).minutes_to_read == 1


def test_changed_text_is_counted_anew_and_a_draft_by_its_own_words(write, look):
    article = write("Growing", ("text", RichText("<p>word</p>")))
    assert article.minutes_to_read == 1
    article.body = [("text", RichText(f"<p>{'word ' * 3 * WORDS_PER_MINUTE}</p>"))]
    assert minutes_to_read(article.body) == 3
    article.save_revision()
    assert article.get_latest_revision_as_object().minutes_to_read == 3
    assert ArticlePage.objects.get(pk=article.pk).minutes_to_read == 1
    assert "1 minute to read." in look("/library/growing/").get_text()
