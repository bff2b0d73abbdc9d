"""The CSV: a spreadsheet calculates none of its cells, and every text can be had back."""

import csv
import datetime
import io
import re
import zoneinfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from contact.models import Inquiry, Note, Suspicion
from contact.records import facts
from contact.records.spreadsheet import Spreadsheet, could_be_formula, guarded
from tests.practice import set_practice

from ..test_fields import overwrite
from .conftest import export

DENVER = zoneinfo.ZoneInfo("America/Denver")
DANGEROUS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20\u2212"
FORMULA = re.compile(r"[\t\r\n\0]|[\s\x00-\x1f\u200b\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20\u2212]")
# Texts as somebody makes them who wants a formula: blanks, then a sign, then anything.
ATTACKS = st.builds(
    "".join,
    st.tuples(
        st.text(st.sampled_from(" \t\r\n\u00a0\u3000\u200b\ufeff'"), max_size=3),
        st.text(st.sampled_from(DANGEROUS + "',;\""), max_size=2),
        st.text(max_size=10),
    ),
)


def rows_of(response) -> list[dict[str, str]]:
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def as_written(cell: str) -> str:
    """The text of a cell, as the module's docstring says."""
    return cell.removeprefix("'")


@example(["'quoted'", "'=1", "''"])
@given(st.lists(st.text() | ATTACKS, min_size=1, max_size=5))
def test_no_cell_is_a_formula_and_every_text_comes_back(texts):
    line = Spreadsheet(datetime.UTC)._row(texts)
    [cells] = csv.reader(io.StringIO(line, newline=""))
    assert not any(FORMULA.match(cell) for cell in cells)
    assert [as_written(cell) for cell in cells] == texts


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+15035550100",
        "-1",
        "@SUM(A1)",
        "  =1+1",
        "\t=1",
        "\rx",
        "\nx",
        "\u200b=1",
        "\uff1d1+1",
        "\ufe62 1",
    ],
)
def test_what_could_be_calculated_gets_an_apostrophe(text):
    assert could_be_formula(text)
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Ada", "a=b", "1+1", "Ñandú", "日本", "(-1)"])
def test_what_is_plain_text_stays_as_it_is(text):
    assert guarded(text) == text


def test_names_are_read_by_excel(make_inquiry, owner):
    make_inquiry(name="Zoë Ångström 李")
    body = export(owner).getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    assert "Zoë Ångström 李".encode() in body


def test_a_row_holds_every_field_as_staff_read_it(noted, owner, django_user_model):
    set_practice(time_zone="America/Denver")
    noted.created_at = datetime.datetime(2026, 3, 2, 6, 30, tzinfo=datetime.UTC)
    noted.assigned_to = django_user_model.objects.get(email="ines@example.org")
    noted.put_aside(Suspicion.LINKS)
    noted.on_hold, noted.hold_reason = True, "A court asked."
    noted.save()
    Note.objects.update(created_at=noted.created_at)
    [row] = rows_of(export(owner))
    expected = {
        "Reference": noted.reference,
        "Received": "2026-03-01T23:30:00-07:00",
        "Name": "Ada Lovelace",
        "Phone": "'+15035550100",
        "Reach by": "By e-mail",
        "Message": "A private message.",
        "Status": "New",
        "Owner": "ines@example.org",
        "Why put aside": "it holds several links, or one in the name",
        "Why it is kept": "A court asked.",
        "Voicemail is fine": "no",
        "Notes": "2026-03-01T23:30:00-07:00, Nobody answered, ines@example.org: "
        "Called her, no answer.",
    }
    assert {name: row[name] for name in expected} == expected


def test_no_field_of_an_inquiry_is_forgotten():
    fields = {field.name for field in Inquiry._meta.concrete_fields}
    released = [*facts.HEAD, *facts.SAID, *facts.DONE]
    assert set(released) == fields - set(facts.NOT_RELEASED)
    labels = [facts.label_of(name) for name in released]
    assert len(labels) == len(set(labels))


def test_a_merged_inquiry_names_the_other(inquiry, make_inquiry, owner):
    merged = make_inquiry(duplicate_of=inquiry)
    rows = {row["Reference"]: row for row in rows_of(export(owner))}
    assert rows[merged.reference]["Duplicate of"] == inquiry.reference


def test_a_note_that_cannot_be_opened_says_so(noted, owner):
    note = noted.notes.get()
    moved = Note(pk=note.pk, inquiry=noted, kind=note.kind)
    overwrite(noted, "damaged")
    note.delete()
    other = Note(inquiry=noted, text="Another note.")
    other.save()
    moved.__dict__["text"] = other.__dict__["text"]  # Sealed for the other note's row.
    moved.save()
    [row] = rows_of(export(owner))
    assert row["Message"] == "cannot be opened"
    assert "(cannot be opened)" in row["Notes"]
    assert "Another note." in row["Notes"]
