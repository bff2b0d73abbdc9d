"""rotate_keys: from the old key to the new one, with nothing lost on the way."""

import io
import uuid

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from contact import rotation
from contact.models import BlindTerm, Inquiry, Kind, Note
from contact.sealing import UnknownKey, key_ring


@pytest.fixture
def note(inquiry) -> Note:
    note = Note(inquiry=inquiry, text="A private note.")
    note.save()
    return note


@pytest.fixture
def grace(db) -> Inquiry:
    """A second inquiry."""
    inquiry = Inquiry(name="Grace", contact_by="email")
    inquiry.save()
    return inquiry


@pytest.fixture
def new_key_in_front(settings, new_key):
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]


@pytest.fixture
def only_new_key(settings, new_key):
    """A function: take the old keys away."""
    return lambda: setattr(settings, "ENCRYPTION_KEYS", [new_key])


def test_after_rotation_the_new_key_alone_opens_and_finds_everything(
    note, new_key_in_front, only_new_key
):
    call_command("rotate_keys")
    only_new_key()
    inquiry = Inquiry.objects.get()
    assert (inquiry.name, inquiry.message) == ("Ada Lovelace", "A private message.")
    assert (inquiry.email, inquiry.phone, inquiry.hold_reason) == (
        "ada@example.org",
        "+15035550100",
        "",
    )
    assert Note.objects.get().text == "A private note."
    assert BlindTerm.objects.matching(Kind.NAME, "lovelace").get().inquiry == inquiry


def test_before_rotation_both_keys_open_and_find(note, new_key_in_front):
    assert Inquiry.objects.get().name == "Ada Lovelace"
    assert BlindTerm.objects.matching(Kind.EMAIL, "ada@example.org").count() == 1


def test_without_the_old_key_nothing_opens_and_its_id_is_said(note, only_new_key):
    old = key_ring().current.id
    only_new_key()
    with pytest.raises(UnknownKey, match=old):
        _looked = Inquiry.objects.get().name


def test_a_second_run_changes_nothing(note, new_key_in_front):
    call_command("rotate_keys")
    before = [vars(row)["name"].token for row in Inquiry.objects.all()]
    assert [progress.resealed for progress in rotation.rotate()] == [0, 0]
    assert [vars(row)["name"].token for row in Inquiry.objects.all()] == before


def test_an_interrupted_run_is_completed_by_the_next(
    note, new_key_in_front, only_new_key, monkeypatch
):
    for number in range(5):
        Inquiry(name=f"Person {number}", contact_by="email").save()
    monkeypatch.setattr(rotation, "BATCH", 2)
    next(rotation.rotate())  # One batch, then the process is gone.
    call_command("rotate_keys")
    only_new_key()
    assert {row.name for row in Inquiry.objects.all()} >= {f"Person {n}" for n in range(5)}


class Terminal(io.StringIO):
    """What a person sees who watches."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_a_bar_fills_up_to_the_end(note, grace, new_key_in_front, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    terminal = Terminal()
    call_command("rotate_keys", stdout=terminal)
    half, whole = terminal.getvalue().splitlines()[:2]  # The first ends with a carriage return.
    assert half == f"[{'#' * 15}{'.' * 15}]  50 % contact_inquiry: 1 of 2 rows, 1 sealed anew"
    assert whole == f"[{'#' * 30}] 100 % contact_inquiry: 2 of 2 rows, 2 sealed anew"


def test_elsewhere_there_is_one_plain_line_for_each_table(
    note, grace, new_key_in_front, monkeypatch
):
    monkeypatch.setattr(rotation, "BATCH", 1)
    out = io.StringIO()
    call_command("rotate_keys", stdout=out)
    assert out.getvalue().splitlines()[:2] == [
        "contact_inquiry: 2 of 2 rows, 2 sealed anew",
        "contact_note: 1 of 1 rows, 1 sealed anew",
    ]


def test_rows_that_come_during_the_walk_are_counted(inquiry, new_key_in_front, monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    walk = rotation._batches(Inquiry)
    assert next(walk) == ([inquiry.pk], True)
    first, last = (uuid.UUID(int=n) for n in (1, 2**128 - 1))
    for key in (first, last):
        Inquiry(pk=key, name="Grace", contact_by="email").save()
    assert list(rotation._batches(Inquiry)) == [
        ([first], False),
        ([inquiry.pk], False),
        ([last], True),
    ]


def test_a_row_that_does_not_open_is_named_and_the_others_go_on(
    note, new_key_in_front, only_new_key
):
    broken = Inquiry(name="Grace", contact_by="email")
    broken.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE contact_inquiry SET message = 'damaged' WHERE reference = %s",
            [broken.reference],
        )
    with pytest.raises(CommandError, match=broken.reference):
        call_command("rotate_keys")
    only_new_key()
    assert Note.objects.get().text == "A private note."


def test_a_new_token_that_does_not_open_replaces_nothing(note, settings, new_key, monkeypatch):
    before = vars(Note.objects.get())["text"].token
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    monkeypatch.setattr(
        key_ring().current, "seal", lambda text, place: f"sealed1.{key_ring().current.id}.AAAA"
    )
    with pytest.raises(CommandError):
        call_command("rotate_keys")
    assert vars(Note.objects.get())["text"].token == before


def test_every_sealed_column_of_the_project_takes_part():
    found = {
        f"{model.__name__}.{field.name}"
        for model, fields in rotation.sealed_models().items()
        for field in fields
    }
    assert found == {
        "Inquiry.name",
        "Inquiry.email",
        "Inquiry.phone",
        "Inquiry.message",
        "Inquiry.hold_reason",
        "Note.text",
        "SecondStepSeed.seed",
    }
