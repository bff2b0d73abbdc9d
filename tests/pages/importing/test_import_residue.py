"""What a web page leaves behind goes, and nothing else does."""

import pytest

from pages.importing.residue import without_residue

TITLE = ["Title", ""]
TEXT = "This is a paragraph, long enough to be one."


def left_out_of(*lines: str) -> list[int]:
    """The numbers of the lines that go, counted from 1 below a title and a paragraph."""
    before = [*TITLE, TEXT, ""]
    _, left_out = without_residue([*before, *lines])
    return [loss.line - len(before) for loss in left_out]


@pytest.mark.parametrize(
    "line",
    [
        "Contact Us",
        "NEXT",
        "previous",
        "Back",
        "Read more",
        "Share",
        "Next →",
        "« Previous",
        "Next >",
        "[Next](/library/next)",
        "[Contact Us »](https://example.org)",
    ],
)
def test_a_line_that_only_leads_elsewhere_goes(line):
    assert left_out_of(line, "", TEXT) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "Next.",
        "Next, breathe.",
        "- Next",
        "* share",
        "> Next",
        "Contact us on any weekday",
        "## Contact Us",
        "**Next**",
    ],
)
def test_a_line_that_says_more_stays(line):
    assert left_out_of(line, "", TEXT) == []


def test_lines_below_a_finished_sentence_go():
    assert left_out_of("The end.", "Contact Us", "Next") == [2, 3]


def test_a_word_of_a_wrapped_sentence_stays():
    assert left_out_of("You can always come", "back", "", "and then we", "share") == []


def test_titles_after_a_pager_at_the_end_go():
    lines = ["Previous", "", "One Title", "", "Next", "", "[Another: Title](/x)"]
    assert left_out_of(*lines) == [1, 3, 5, 7]


def test_text_after_a_pager_stays():
    assert left_out_of("Next", "", "A Title", "", TEXT) == [1]
    assert left_out_of("Next", "", "This is a sentence.") == [1]
    assert left_out_of("Share", "", "A Title") == [1]


@pytest.mark.parametrize("line", ["person in therapy", "a calm, sun-lit room", "![a room](x.jpg)"])
def test_the_description_of_a_picture_goes(line):
    assert left_out_of(line, "", TEXT) == [1]


@pytest.mark.parametrize(
    "line",
    [
        "person in therapy.",
        "Person in therapy",
        "one two three four five six seven eight nine",
        "info@example.org",
        "www.example.org",
        "call 555 0100",
        "- water",
        "* water",
        "> water",
        "  deep in a list",
        "*water*",
        "[water](/water)?",
        "[the study](/water)",
        "治療",
        "![A room.](x.jpg)",
    ],
)
def test_what_may_be_text_stays(line):
    assert left_out_of(line, "", TEXT) == []


def test_several_short_lines_are_text():
    assert left_out_of("water", "", "a blanket", "", TEXT) == []


def test_a_short_line_that_goes_on_a_sentence_is_text():
    assert left_out_of("Bring this:", "", "a blanket", "", TEXT) == []


def test_a_short_first_line_is_the_title():
    assert without_residue(["a walk", "", TEXT])[1] == []


def test_the_lines_keep_their_numbers():
    lines = [*TITLE, TEXT, "", "Next"]
    assert without_residue(lines)[0] == [*TITLE, TEXT, "", ""]
