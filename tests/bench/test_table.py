"""The benchmark's table: medians, ratios, what is reached, and the document that holds it."""

import pytest

from bench.table import BEGIN, END, as_markdown, as_text, missed, rows_of, write_between_markers
from bench.targets import TARGETS, Target

FASTER = Target("ours / theirs", "ours", "theirs", "at least", 2)
FLAT = Target("many / few", "many", "few", "at most", 1.3, "ms")
SMALL = Target("memory", "memory", "", "at most", 350, "MB")


def row(target, **figures):
    return rows_of(figures, [target])[0]


def test_a_ratio_is_that_of_the_medians():
    assert row(FASTER, ours=[1, 50, 60], theirs=[10, 20, 900]).ratio == 2.5


@pytest.mark.parametrize(
    ("target", "figures", "reached"),
    [
        pytest.param(FASTER, {"ours": [20], "theirs": [10]}, True, id="at least, met"),
        pytest.param(FASTER, {"ours": [19.99], "theirs": [10]}, False, id="at least, rounds up"),
        pytest.param(FLAT, {"many": [13], "few": [10]}, True, id="at most, met"),
        pytest.param(FLAT, {"many": [13.01], "few": [10]}, False, id="at most, rounds down"),
        pytest.param(SMALL, {"memory": [350]}, True, id="alone, met"),
        pytest.param(SMALL, {"memory": [351]}, False, id="alone, missed"),
    ],
)
def test_a_target_is_reached_by_the_ratio_as_it_is(target, figures, reached):
    assert row(target, **figures).reached is reached


def test_what_was_not_measured_is_said_and_is_no_miss():
    rows = rows_of({"ours": [1]}, [FASTER, FLAT, SMALL])
    assert [r.cells()[-1] for r in rows] == ["not measured"] * 3
    assert missed(rows) == []


def test_a_row_without_a_target_is_never_missed():
    comparison = row(FASTER._replace(bound="", limit=0), ours=[1], theirs=[100])
    assert comparison.cells()[-3:] == ("0.01", "none", "")
    assert missed([comparison]) == []


def test_a_missed_row_is_named_in_both_forms():
    rows = rows_of({"ours": [1], "theirs": [1]}, [FASTER])
    assert missed(rows) == rows
    assert "MISSED" in as_text(rows)
    last = as_markdown(rows).splitlines()[-1]
    assert last == "| ours / theirs | 1.0 /s | 1.0 /s | 1.00 | at least 2 | MISSED |"


def test_every_target_has_words_of_its_own():
    assert len({target.what for target in TARGETS}) == len(TARGETS)


def test_the_table_replaces_what_stood_between_the_markers_and_nothing_else(tmp_path):
    document = tmp_path / "performance.md"
    document.write_text(f"Before\n{BEGIN}\nold\n{END}\nAfter\n")
    write_between_markers(document, "new")
    write_between_markers(document, "newer")
    assert document.read_text() == f"Before\n{BEGIN}\n\nnewer\n\n{END}\nAfter\n"


@pytest.mark.parametrize("text", ["no markers", BEGIN, END])
def test_a_document_without_both_markers_is_left_alone(tmp_path, text):
    document = tmp_path / "other.md"
    document.write_text(text)
    with pytest.raises(ValueError, match="markers"):
        write_between_markers(document, "new")
    assert document.read_text() == text
