"""The audit trail: it only grows, and whatever is done to it is named."""

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from contact import audit
from contact.models import Action, AppendOnly, AuditEntry, AuditHead


@pytest.fixture
def trail(db) -> list[AuditEntry]:
    return [audit.record(Action.OPENED, reference=f"AAAA-000{n}", number=n) for n in range(1, 6)]


def behind_our_back(sequence: int):
    """The rows with this sequence, past the manager that refuses to change them."""
    return AuditEntry._base_manager.filter(sequence=sequence)


def test_an_entry_says_who_did_what_with_which_inquiry(django_user_model, inquiry):
    person = django_user_model.objects.create_user("ines@example.org")
    audit.record(Action.OPENED, actor=person, reference=inquiry.reference)
    entry = AuditEntry.objects.get()
    assert (entry.actor_id, entry.actor) == (person.pk, person.email)
    assert (entry.action, entry.reference) == ("opened", inquiry.reference)


def test_an_untouched_trail_is_whole(trail):
    assert audit.verify() == audit.Verdict(5)


def test_an_empty_trail_is_whole(db):
    assert audit.verify() == audit.Verdict(0)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "somebody@else.example"},
        {"actor_id": 99},
        {"action": "exported"},
        {"reference": "XXXX-XXXX"},
        {"detail": {"number": 99}},
        {"created_at": "2020-01-01T00:00:00Z"},
        {"previous": "0" * 64},
        {"hash": "0" * 64},
    ],
)
def test_a_changed_entry_is_named(trail, change):
    behind_our_back(3).update(**change)
    assert audit.verify().problem.startswith("Entry 3 ")


def test_a_changed_entry_with_its_hash_made_anew_shows_in_the_next(trail):
    entry = AuditEntry.objects.get(sequence=3)
    entry.actor = "somebody@else.example"
    behind_our_back(3).update(actor=entry.actor, hash=entry.computed_hash())
    assert audit.verify().problem.startswith("Entry 4 ")


@pytest.mark.parametrize("sequence", [1, 3, 5])
def test_a_removed_entry_is_named(trail, sequence):
    behind_our_back(sequence)._raw_delete("default")
    assert audit.verify().problem.startswith(f"Entry {sequence} is missing")


def test_a_wholly_removed_trail_is_noticed(trail):
    for sequence in range(1, 6):
        behind_our_back(sequence)._raw_delete("default")
    assert audit.verify().problem.startswith("Entry 1 is missing")


@pytest.mark.parametrize("sequence", [0, 6])
def test_an_inserted_entry_is_named(trail, sequence):
    entry = AuditEntry(
        sequence=sequence, action="opened", previous=trail[-1].hash if sequence else ""
    )
    entry.hash = entry.computed_hash()
    entry.save()
    assert f"{sequence}" in audit.verify().problem


def test_an_entry_inserted_in_the_middle_shows_in_the_next(trail):
    for sequence in (5, 4):
        behind_our_back(sequence).update(sequence=sequence + 1)
    entry = AuditEntry(sequence=4, action="opened", previous=trail[2].hash)
    entry.hash = entry.computed_hash()
    entry.save()
    assert audit.verify() == audit.Verdict(4, "Entry 5 does not follow the entry before it.")


def test_a_copy_of_an_entry_is_named(trail):
    copy = AuditEntry.objects.get(sequence=2)
    copy.pk, copy.sequence, copy._state.adding = None, 6, True
    copy.save()
    assert audit.verify().problem.startswith("Entry 6 ")


def test_entries_that_changed_places_are_named(trail):
    for sequence, becomes in ((2, 99), (3, 2), (99, 3)):
        behind_our_back(sequence).update(sequence=becomes)
    assert audit.verify().problem.startswith("Entry 2 ")


def test_an_end_that_was_cut_off_with_the_number_set_back_is_noticed(trail):
    AuditHead.objects.update(sequence=4)
    behind_our_back(5)._raw_delete("default")
    assert not audit.verify().whole


def test_the_application_cannot_change_or_remove_entries(trail):
    for attempt in (
        trail[0].save,
        trail[0].delete,
        AuditEntry.objects.all().delete,
        lambda: AuditEntry.objects.update(actor="x"),
        lambda: AuditEntry.objects.bulk_update(trail, ["actor"]),
        lambda: AuditEntry.objects.bulk_create(trail),
    ):
        with pytest.raises(AppendOnly), transaction.atomic():
            attempt()
    assert audit.verify() == audit.Verdict(5)


def test_an_entry_falls_with_the_transaction_that_it_stands_in(trail):
    with transaction.atomic():
        audit.record(Action.CHANGED)
        transaction.set_rollback(True)
    assert audit.verify() == audit.Verdict(5)
    assert AuditHead.objects.get().sequence == 5


def test_verify_audit_says_that_all_is_well(trail, capsys):
    call_command("verify_audit")
    assert "5 entries" in capsys.readouterr().out


def test_verify_audit_fails_and_names_the_first_bad_entry(trail):
    behind_our_back(2).update(actor="x")
    with pytest.raises(CommandError, match="Entry 2 was changed"):
        call_command("verify_audit")
