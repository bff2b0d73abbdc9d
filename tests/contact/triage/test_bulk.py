"""The same step for several inquiries."""

import uuid

import pytest
from django.contrib.messages import get_messages

from contact.models import AuditEntry, Inquiry, Status

from .conftest import account_of

BULK = "/admin/inquiries/bulk/"


@pytest.fixture
def do(triager):
    """A function: what the triager is told after a step for these inquiries."""

    def send(action: str, *inquiries: Inquiry, **data) -> list[str]:
        chosen = [str(inquiry.pk) for inquiry in inquiries]
        response = triager.post(BULK, {"action": action, "chosen": chosen} | data)
        return [str(message) for message in get_messages(response.wsgi_request)]

    return send


def test_several_are_given_to_a_colleague(write_in, do, owner):
    rows = [write_in(), write_in(), write_in()]
    assert "2 inquiries are changed." in do(f"assign:{account_of(owner).pk}", *rows[:2])[0]
    owners = {row.reference: row.assigned_to for row in Inquiry.objects.all()}
    assert [owners[row.reference] for row in rows] == [account_of(owner), account_of(owner), None]
    assert AuditEntry.objects.filter(action="changed").count() == 2


def test_several_are_taken_back(write_in, do, triager):
    row = write_in(assigned_to=account_of(triager))
    do("assign:", row)
    assert Inquiry.objects.get().assigned_to is None


def test_several_are_moved_on_and_those_that_cannot_are_named(write_in, do):
    new, spam = write_in(), write_in(status=Status.SPAM)
    told = do("status:booked", new, spam)
    assert "1 inquiry is changed." in told[0]
    assert spam.reference in told[1]
    assert Inquiry.objects.get(pk=new.pk).status == Status.BOOKED
    assert Inquiry.objects.get(pk=spam.pk).status == Status.SPAM


def test_several_are_put_aside_and_rescued(write_in, do):
    rows = [write_in(), write_in()]
    do("aside:yes", *rows)
    assert Inquiry.objects.filter(quarantined=True).count() == 2
    do("aside:no", *rows)
    assert not Inquiry.objects.filter(quarantined=True).exists()


@pytest.mark.parametrize(
    "action", ["", "nonsense", "assign:999999", "status:new2", "aside:", "erase:all"]
)
def test_a_step_that_is_not_in_the_list_does_nothing(write_in, do, action):
    row = write_in()
    assert "Choose what to do with them" in do(action, row)[0]
    assert not AuditEntry.objects.filter(action="changed").exists()


def test_nobody_outside_triage_can_be_given_an_inquiry(write_in, do, editor):
    do(f"assign:{account_of(editor).pk}", write_in())
    assert Inquiry.objects.get().assigned_to is None


def test_without_a_tick_nothing_is_done(write_in, do):
    write_in()
    assert "Tick the inquiries first." in do("aside:yes")[0]
    assert not Inquiry.objects.get().quarantined


@pytest.mark.parametrize("key", ["nonsense", str(uuid.UUID(int=1)), "1", "' OR 1=1"])
def test_an_inquiry_that_is_not_there_harms_nobody(write_in, triager, key):
    row = write_in()
    response = triager.post(BULK, {"action": "aside:yes", "chosen": [key, str(row.pk)]})
    assert response.status_code == 302
    assert Inquiry.objects.get().quarantined


def test_the_way_back_leads_to_the_same_list_and_to_no_other_site(write_in, triager):
    data = {"action": "aside:yes", "chosen": [str(write_in().pk)]}
    same = triager.post(BULK, data | {"next": "/admin/inquiries/?tab=late"})
    assert same["Location"] == "/admin/inquiries/?tab=late"
    other = triager.post(BULK, data | {"next": "https://elsewhere.example/"})
    assert other["Location"] == "/admin/inquiries/"


def test_a_failure_in_the_middle_takes_everything_back(write_in, do, monkeypatch):
    rows = [write_in(), write_in()]
    genuine, calls = Inquiry.save, []

    def fail_at_the_second(self, **kwargs):
        calls.append(self)
        if len(calls) == 2:
            raise RuntimeError
        genuine(self, **kwargs)

    monkeypatch.setattr(Inquiry, "save", fail_at_the_second)
    with pytest.raises(RuntimeError):
        do("aside:yes", *rows)
    assert not Inquiry.objects.filter(quarantined=True).exists()
    assert not AuditEntry.objects.filter(action="changed").exists()
