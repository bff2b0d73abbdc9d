"""What somebody does who can write into the database: no sealed text opens that was not put there.

Whoever changes a row gets an error to see and never another text; the audit trail is in its own
module.
"""

import pytest
from django.db import connection

from contact.fields import SealedTextField, sealed_fields
from contact.models import Inquiry, Note
from contact.sealing import SealingError
from kapsite.models import SecondStepSeed

ROWS = [Inquiry, Note, SecondStepSeed]


@pytest.fixture
def rows(inquiry) -> dict[type, list]:
    """Two rows of each table; the first of each have the same primary key."""
    other = Inquiry(name="Grace", phone="+15035550111", message="Hers.", contact_by="phone")
    notes = [Note(pk=inquiry.pk, inquiry=inquiry, text="One."), Note(inquiry=other, text="Two.")]
    seeds = [SecondStepSeed(pk=inquiry.pk, seed="ONE"), SecondStepSeed(seed="TWO")]
    for row in (other, *notes, *seeds):
        row.save()
    return {Inquiry: [inquiry, other], Note: notes, SecondStepSeed: seeds}


def put(row, field: SealedTextField, content: str) -> None:
    """Write into the column past the site."""
    table, column = (connection.ops.quote_name(n) for n in (row._meta.db_table, field.name))
    key = row._meta.pk.get_db_prep_value(row.pk, connection)
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [content, key])  # noqa: S608


def text_of(row, field: SealedTextField) -> str:
    """What the site reads there now."""
    return getattr(type(row).objects.get(pk=row.pk), field.attname)


@pytest.fixture
def tokens(rows) -> dict[tuple, str]:
    """What stands in every sealed column of every row."""
    return {(row, f): f.token(row) for f in sealed_fields() for row in rows[f.model]}


each_column = pytest.mark.parametrize("field", sealed_fields(), ids=str)


def assert_opens_nothing(row, field: SealedTextField, content: str) -> None:
    put(row, field, content)
    with pytest.raises(SealingError) as caught:
        text_of(row, field)
    assert not content or content not in str(caught.value)


@each_column
def test_a_token_opens_in_no_other_row_column_or_table(rows, tokens, field):
    row = rows[field.model][0]
    own = tokens.pop((row, field))
    assert {(type(r), f.model) for r, f in tokens} == {(m, m) for m in ROWS}
    for moved in tokens.values():
        assert_opens_nothing(row, field, moved)
    put(row, field, own)
    assert text_of(row, field) == getattr(row, field.attname)


@each_column
def test_a_cut_token_does_not_open(rows, tokens, field):
    row = rows[field.model][0]
    own = tokens[row, field]
    for length in (0, len("sealed1."), len(own) // 2, len(own) - 4, len(own) - 1):
        assert_opens_nothing(row, field, own[:length])


@each_column
@pytest.mark.parametrize("beginning", ["", "sealed1.", "the same key"])
def test_plain_text_is_not_taken_for_genuine(rows, tokens, field, beginning):
    row = rows[field.model][0]
    if beginning == "the same key":
        beginning = tokens[row, field].rpartition(".")[0] + "."
    for text in ("QSBwcml2YXRlIHRleHQu", "A private text.", "A" * 200):
        assert_opens_nothing(row, field, beginning + text)


def test_a_changed_row_leaves_the_others_and_its_own_columns_alone(rows, tokens):
    inquiry, other = rows[Inquiry]
    message = Inquiry._meta.get_field("message")
    put(inquiry, message, tokens[other, message])
    assert text_of(other, message) == "Hers."
    assert Inquiry.objects.get(pk=inquiry.pk).name == "Ada Lovelace"
