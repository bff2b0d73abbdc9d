"""`[@key]` becomes a number that leads to its source and back, in the order of first use."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from pages.citations import cited_keys, without_citations
from pages.models import ArticlePage, Source

from .conftest import texts_of


def marks(page) -> list[str]:
    """The numbers in the text, in order."""
    return texts_of(page.select(".prose .citation a"))


def listed(page) -> list[str]:
    """The titles in the list of sources, in order."""
    return [t.split("On ")[1].split(".")[0] for t in texts_of(page.select(".sources li"))]


def test_sources_are_numbered_by_first_use(write, sources, look):
    sources("a-1", "b-2", "c-3")
    write("Cited", ("text", "<p>One [@c-3]. Two [@a-1].</p>"), ("text", "<p>Three [@b-2].</p>"))
    page = look("/library/cited/")
    assert marks(page) == ["1", "2", "3"]
    assert listed(page) == ["c-3", "a-1", "b-2"]


def test_repeated_source_keeps_its_number_and_is_listed_once(write, sources, look):
    sources("a-1", "b-2")
    write("Cited", ("text", "<p>[@a-1] [@b-2] [@a-1]</p>"), ("text", "<p>[@b-2]</p>"))
    page = look("/library/cited/")
    assert marks(page) == ["1", "2", "1", "2"]
    assert listed(page) == ["a-1", "b-2"]


def test_number_leads_to_the_source_and_the_source_back_to_its_first_use(write, sources, look):
    sources("a-1")
    write("Cited", ("text", "<p>[@a-1]</p><p>[@a-1]</p>"))
    page = look("/library/cited/")
    assert {a["href"] for a in page.select(".citation a")} == {"#source-1"}
    assert page.select_one("#source-1 .sources__back")["href"] == "#cited-1"
    assert len(page.select("#cited-1")) == 1


def test_citations_are_found_in_every_kind_of_block(write, sources, look):
    sources("a-1", "b-2", "c-3")
    questions = {"title": "", "questions": [{"question": "Q?", "answer": "<p>A [@b-2].</p>"}]}
    balance = {"benefit": "<p>B [@c-3].</p>", "risk": "<p>R [@a-1].</p>"}
    write("Cited", ("questions", questions), ("balance", balance))
    page = look("/library/cited/")
    assert listed(page) == ["b-2", "c-3", "a-1"]
    assert marks(page) == ["1", "2", "3"]


def test_order_is_the_pages_and_not_the_databases(write, sources, look):
    sources("a-1", "b-2")
    page = write("Cited", ("balance", {"benefit": "<p>[@a-1]</p>", "risk": "<p>[@b-2]</p>"}))
    page.body.raw_data[0]["value"] = {"risk": "<p>[@b-2]</p>", "benefit": "<p>[@a-1]</p>"}
    page.save()
    assert listed(look("/library/cited/")) == ["a-1", "b-2"]


def test_page_without_citations_has_no_list(write, look):
    write("Plain", ("text", "<p>Nothing to prove.</p>"))
    assert not look("/library/plain/").select(".sources")


def test_citation_without_a_source_vanishes_with_the_space_before_it(write, sources, look):
    gone, _kept = sources("gone", "a-1")
    write("Cited", ("text", "<p>One [@gone]. Two [@a-1].</p>"))
    gone.delete()
    assert texts_of(look("/library/cited/").select(".prose p")) == ["One. Two1."]


def test_source_removed_later_takes_its_marks_and_leaves_the_others_in_order(write, sources, look):
    first, _second = sources("a-1", "b-2")
    write("Cited", ("text", "<p>One [@a-1]. Two [@b-2].</p>"))
    first.delete()
    page = look("/library/cited/")
    assert marks(page) == ["1"]
    assert listed(page) == ["b-2"]


def test_unknown_key_is_refused_and_named(planted, sources):
    sources("a-1")
    page = ArticlePage(title="T", slug="t", body=[("text", "<p>[@a-1] [@b-2] [@c-3]</p>")])
    with pytest.raises(ValidationError) as refused:
        page.validate_content()
    assert refused.value.message_dict == {"body": ["No source has this citation key: b-2, c-3."]}


@pytest.mark.parametrize(
    "words", ["<p>[@]</p>", "<p>[@A-1]</p>", "<p>me@example.org</p>", "<p>[1]</p>"]
)
def test_what_is_no_citation_stays_as_it_is(write, look, words):
    write("Plain", ("text", words))
    assert words.removeprefix("<p>").removesuffix("</p>") in str(look("/library/plain/").main)


@pytest.mark.parametrize("key", ["Popova-2019", "a_b", "a--b", "-a", "a b", "é"])
def test_key_that_could_not_be_cited_is_refused(planted, key):
    with pytest.raises(ValidationError) as refused:
        Source(key=key, authors="A", title="T", year=2020).full_clean()
    assert set(refused.value.message_dict) == {"key"}


def test_parts_of_a_source_that_are_empty_leave_nothing_behind(write, sources, look):
    sources("a-1")
    write("Cited", ("text", "<p>[@a-1]</p>"))
    assert texts_of(look("/library/cited/").select("#source-1")) == [
        "Author of a-1. On a-1. 2020. ↑"
    ]


def test_what_a_source_says_is_escaped(write, sources, look):
    [source] = sources("a-1")
    source.title = "<script>alert(1)</script>"
    source.save()
    write("Cited", ("text", "<p>[@a-1]</p>"))
    page = look("/library/cited/")
    assert not page.main.find("script")
    assert "<script>alert(1)</script>" in page.select_one("#source-1").get_text()


def test_source_knows_the_pages_that_cite_it(write, sources, editor):
    [source] = sources("a-1")
    write("A page that cites", ("text", "<p>[@a-1]</p>"))
    usage = reverse(source.snippet_viewset.get_url_name("usage"), args=[source.pk])
    assert b"A page that cites" in editor.get(usage).content


def test_keys_are_given_once_each_in_order():
    assert cited_keys([{"a": "x [@b][@a]"}, "[@b] [@c-1]"]) == ["b", "a", "c-1"]


def test_text_reads_aloud_without_its_citations():
    assert without_citations("One [@a-1], two\u00a0[@b-2][@c].") == "One, two."
