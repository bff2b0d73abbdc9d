"""The sealed column: sealed at save, opened on access, closed to everything else."""

import pytest
from django.core import serializers
from django.core.exceptions import FieldError
from django.db import connection, transaction

from contact.fields import Sealed
from contact.models import Inquiry
from contact.sealing import Damaged, KeyRing, SealingError


def column(row, name="message") -> str:
    """What really stands in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {name} FROM contact_inquiry WHERE reference = %s", [row.reference])  # noqa: S608
        return cursor.fetchone()[0]


def overwrite(row, value, name="message") -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE contact_inquiry SET {name} = %s WHERE reference = %s",  # noqa: S608
            [value, row.reference],
        )


def test_the_column_holds_a_token_and_the_attribute_the_text(inquiry):
    assert column(inquiry).startswith("sealed1.")
    assert Inquiry.objects.get().message == "A private message."


def test_a_saved_row_keeps_no_text_in_memory(inquiry):
    assert isinstance(vars(inquiry)["message"], Sealed)
    assert inquiry.message == "A private message."


def test_nothing_is_opened_until_somebody_looks(inquiry, monkeypatch):
    opened = []
    monkeypatch.setattr(KeyRing, "open", lambda *args: opened.append(args))
    row = Inquiry.objects.get()
    assert not opened
    _looked = row.message
    assert len(opened) == 1


def test_saving_a_row_that_nobody_looked_at_leaves_the_token_alone(inquiry):
    before = column(inquiry)
    Inquiry.objects.get().save()
    assert column(inquiry) == before


def test_a_new_text_is_sealed_anew(inquiry):
    before = column(inquiry)
    row = Inquiry.objects.get()
    row.message = "Another message."
    row.save()
    assert column(inquiry) != before
    assert Inquiry.objects.get().message == "Another message."


def test_a_text_that_looks_like_a_token_is_a_text(inquiry):
    inquiry.message = column(inquiry)
    inquiry.save()
    assert Inquiry.objects.get().message.startswith("sealed1.")


@pytest.mark.parametrize("value", ["", "A private message.", "sealed1.00000000.", "sealed1.x"])
def test_what_is_no_token_raises_and_never_shows(inquiry, value):
    overwrite(inquiry, value)
    row = Inquiry.objects.get()
    with pytest.raises(SealingError):
        _looked = row.message
    assert row.name == "Ada Lovelace"


def test_a_token_from_another_row_or_column_does_not_open(inquiry):
    other = Inquiry(name="Grace", email="", phone="", message="Hers.", contact_by="email")
    other.save()
    overwrite(inquiry, column(other))
    with pytest.raises(Damaged):
        _looked = Inquiry.objects.get(pk=inquiry.pk).message
    overwrite(inquiry, column(inquiry, "name"))
    with pytest.raises(Damaged):
        _looked = Inquiry.objects.get(pk=inquiry.pk).message


def test_a_deferred_text_is_fetched_when_it_is_read(inquiry):
    row = Inquiry.objects.only("reference").get()
    assert "message" not in vars(row)
    assert row.message == "A private message."


@pytest.mark.parametrize("lookup", ["message", "message__contains", "message__isnull"])
def test_lookups_are_refused(db, lookup):
    with pytest.raises(FieldError, match="blind index"):
        Inquiry.objects.filter(**{lookup: "private"})


def test_plain_text_does_not_get_into_the_column_past_its_row(inquiry):
    with pytest.raises(TypeError), transaction.atomic():
        Inquiry.objects.update(message="plain")
    inquiry.message = "plain"
    with pytest.raises(TypeError), transaction.atomic():
        Inquiry.objects.bulk_update([inquiry], ["message"])
    assert column(inquiry).startswith("sealed1.")


def test_dumpdata_stops_instead_of_writing_plain_text(inquiry):
    with pytest.raises(TypeError, match="backup"):
        serializers.serialize("json", [inquiry])


def test_a_row_shows_only_its_reference(inquiry):
    assert str(inquiry) == inquiry.reference
    assert "Ada" not in repr(inquiry) + repr(vars(inquiry)) + repr(Inquiry.objects.values())
