"""What in a message makes staff look twice, and what must not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contact.models import Suspicion
from contact.spam import content_suspicions

from .test_form import form_of


@pytest.mark.parametrize(
    ("name", "message", "suspicions"),
    [
        ("Ada", "See https://a.example and http://b.example", [Suspicion.LINKS]),
        ("Ada www.casino.example", "Hello", [Suspicion.LINKS]),
        ("Ada", '<a href="//a.example">click</a>', [Suspicion.SPAM_WORDS]),
        ("Ada", "[url=//a.example]click[/url]", [Suspicion.SPAM_WORDS]),
        ("Ada", "We offer SEO services and backlinks", [Suspicion.SPAM_WORDS]),
        ("Ada", "I will rank you on the first page of Google", [Suspicion.SPAM_WORDS]),
        ("Ada", "Buy \u0441h\u0435ap p\u0456lls", [Suspicion.MIXED_SCRIPTS]),
    ],
)
def test_known_shapes_are_noticed(name, message, suspicions):
    assert content_suspicions(name, message) == suspicions


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Ada", ""),
        ("Юлия Петрова", "Здравствуйте, I read about KAP and хотела бы узнать больше."),
        ("Αθηνά", "Καλημέρα"),
        ("محمد", "السلام عليكم"),
        ("李小龍", "你好 doctor"),
        ("Seo Ji-woo", "My name is Seo."),
        ("Zoë O'Brien-Nguyễn", "I read https://www.nimh.nih.gov about it. Is it safe?"),
        ("Ada", "I take 50 μg of levothyroxine and a β-blocker."),
        ("Ada", "I lost money on crypto and at a casino, and take Viagra."),
    ],
)
def test_people_are_not_noticed(name, message):
    assert content_suspicions(name, message) == []


@given(st.text(max_size=200), st.text(max_size=1200))
def test_any_text_can_be_looked_at(name, message):
    assert set(content_suspicions(name, message)) <= set(Suspicion)


def test_what_looks_like_spam_is_taken_and_put_aside(filled_in):
    form = form_of(filled_in | {"message": "SEO services: http://a.example http://b.example"})
    assert form.is_valid()
    assert form.suspicions() == [Suspicion.LINKS, Suspicion.SPAM_WORDS]
    assert all(suspicion.label for suspicion in Suspicion)
