"""Plain text: its headings and lists are found, and everything else stays word for word."""

import pytest

from pages.importing.parsing import parse

TEXT = "This is a paragraph, long enough to be one."


def headings_of(text: str) -> list[str]:
    body = parse(text).body
    return [block["value"]["text"] for block in body if block["type"] == "heading"]


def body_of(text: str) -> str:
    (block,) = parse(f"Title\n\n{text}").body
    return block["value"]


@pytest.mark.parametrize(
    "line", ["A heading", "Is it right for you?", "3 things to know", "Écoute"]
)
def test_a_short_line_above_a_paragraph_is_a_heading(line):
    assert headings_of(f"Title\n\n{line}\n\n{TEXT}\n") == [line]


@pytest.mark.parametrize(
    "line",
    [
        "This ends like a sentence.",
        "Look here:",
        "Dear reader,",
        "Stop!",
        "First;",
        "and lower case, said he",
        "One two three four five six seven eight nine ten eleven twelve thirteen",
        "W" * 121,
        "Two\nlines",
    ],
)
def test_any_other_line_is_a_paragraph(line):
    assert headings_of(f"Title\n\n{line}\n\n{TEXT}\n") == []


def test_a_line_with_nothing_below_it_is_no_heading():
    assert headings_of(f"Title\n\n{TEXT}\n\nJane Doe\n") == []


def test_lines_below_each_other_are_not_all_headings():
    assert headings_of(f"Title\n\nRest\n\nWater\n\nSleep\n\n{TEXT}\n") == ["Sleep"]


def test_marks_of_markdown_are_words_here():
    line = r"Take 2*3*4 mg, a_b_c, [see] (this) <b> & `x` \ #1 ~ | &amp; ![no](no) [@key] $5."
    expected = line.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert body_of(line) == f"<p>{expected}</p>"


@pytest.mark.parametrize(
    "line", ["---", "***", "> 5 mg is too much.", "```", "+ or -", "1984. It was."]
)
def test_a_line_that_markdown_would_read_otherwise_stays(line):
    html = body_of(f"Before.\n\n{line}\n\nAfter.")
    assert html == f"<p>Before.</p><p>{line.replace('>', '&gt;')}</p><p>After.</p>"


@pytest.mark.parametrize("paragraph", ["Two lines\nof text.", "A long line. " * 10])
def test_a_rule_below_a_paragraph_makes_no_heading_of_it(paragraph):
    words = " ".join(paragraph.split())
    assert body_of(f"{paragraph.strip()}\n---") == f"<p>{words} ---</p>"


def test_points_become_a_list():
    assert body_of("Bring:\n\n• water\n* *warm* clothes\n- a book") == (
        "<p>Bring:</p><ul><li>water</li><li>*warm* clothes</li><li>a book</li></ul>"
    )


def test_numbers_that_count_become_a_list_and_nest():
    assert body_of("1. one\n2. two\n  - dot\n  - dash\n3) three\n\nText.\n\n4. not one") == (
        "<ol><li>one</li><li>two<ul><li>dot</li><li>dash</li></ul></li><li>three</li></ol>"
        "<p>Text.</p><p>4. not one</p>"
    )


def test_points_with_empty_lines_between_them_are_no_headings():
    assert body_of("1. Rest\n\n2. Drink\n\n3. Sleep\n\nThen go home again, slowly.") == (
        "<ol><li>Rest</li><li>Drink</li><li>Sleep</li></ol><p>Then go home again, slowly.</p>"
    )


def test_numbered_headings_are_headings():
    assert headings_of(f"Title\n\n1. What it is\n\n{TEXT}\n\n2. Is it safe\n\n{TEXT}") == [
        "1. What it is",
        "2. Is it safe",
    ]


def test_wrapped_and_indented_lines_make_one_paragraph():
    assert (
        body_of("    First line\n    of three,\nall one.") == "<p>First line of three, all one.</p>"
    )


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\f", "\u2028"])
def test_any_line_ending_ends_a_line(ending):
    assert parse(f"Title{ending}{ending}Text.").title == "Title"
