"""The same person twice: suggested by the blind index, merged, and separated again."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from contact.models import AuditEntry, Inquiry, Status
from contact.sealing import KeyRing

from ..opening import instead_of_opening


@pytest.fixture
def page(triager):
    """A function: an inquiry's page."""
    return lambda inquiry: triager.get(reverse("inquiry:inspect", args=[inquiry.pk])).text


@pytest.mark.parametrize(
    "same", [{"email": "ADA@example.org"}, {"phone": "+15035550100", "email": "x@example.org"}]
)
def test_the_same_address_or_number_is_suggested(inquiry, write_in, page, same):
    other = write_in(name="A. L.", **same)
    assert other.reference in page(inquiry)
    assert inquiry.reference in page(other)


def test_the_same_name_alone_is_not(inquiry, write_in, page):
    other = write_in(name=inquiry.name)
    assert other.reference not in page(inquiry)


def test_nothing_of_the_other_is_opened(inquiry, write_in, page, monkeypatch):
    other = write_in(email="ada@example.org")
    rows = []
    genuine = KeyRing.open
    instead_of_opening(
        monkeypatch,
        lambda ring, token, place: rows.append(place.row) or genuine(ring, token, place),
    )
    assert other.reference in page(inquiry)
    assert set(rows) == {str(inquiry.pk)}


def test_a_duplicate_is_merged_and_separated_again(inquiry, write_in, take, triager):
    other = write_in(email="ada@example.org", status=Status.BOOKED)
    html = take("merge", duplicate=other.pk)
    assert "Merged into this one." in html
    merged = Inquiry.objects.get(pk=other.pk)
    assert (merged.status, merged.duplicate_of) == (Status.CLOSED, inquiry)
    assert other.reference not in triager.get("/admin/inquiries/").text
    take("separate", inquiry=other)
    alone = Inquiry.objects.get(pk=other.pk)
    assert (alone.status, alone.duplicate_of, alone.closed_at) == (Status.BOOKED, None, None)
    entries = AuditEntry.objects.filter(action="changed", reference=other.reference)
    changes = [entry.detail for entry in entries]
    assert changes == [{"merged_into": inquiry.reference}, {"separated_from": inquiry.reference}]


def test_a_merged_inquiry_leads_to_the_other_and_takes_no_status(
    inquiry, write_in, take, page, triager
):
    other = write_in(email="ada@example.org")
    take("merge", duplicate=other.pk)
    assert "Undo the merge first." in take("status", inquiry=other, status="in_conversation")
    bulk = {"action": "status:in_conversation", "chosen": [str(other.pk)]}
    assert other.reference in triager.post("/admin/inquiries/bulk/", bulk, follow=True).text
    assert Inquiry.objects.get(pk=other.pk).status == Status.CLOSED
    assert f'answered under <a href="/admin/inquiries/{inquiry.pk}/">' in page(other)


@pytest.mark.parametrize("wrong", ["itself", "merged already", "into a merged one"])
def test_no_chains_are_merged(inquiry, write_in, take, wrong):
    other, third = write_in(email="ada@example.org"), write_in(email="ada@example.org")
    take("merge", inquiry=third, duplicate=other.pk)
    if wrong == "itself":
        html = take("merge", duplicate=inquiry.pk)
    elif wrong == "merged already":
        html = take("merge", duplicate=other.pk)
    else:
        html = take("merge", inquiry=other, duplicate=inquiry.pk)
    assert "It is merged already, or another one is merged into it." in html
    assert Inquiry.objects.exclude(duplicate_of=None).count() == 1


def test_what_was_promised_to_a_duplicate_is_due_for_the_other(inquiry, write_in, take):
    moment = timezone.now() + datetime.timedelta(days=1)
    other = write_in(email="ada@example.org", reply_by=moment)
    take("merge", duplicate=other.pk)
    assert Inquiry.objects.get(pk=inquiry.pk).due_at == moment


def test_nobody_who_waits_is_merged_into_what_is_finished(inquiry, write_in, take):
    waiting = write_in(email="ada@example.org")
    Inquiry.objects.filter(pk=inquiry.pk).update(status=Status.CLOSED)
    assert "Merge this one into the other." in take("merge", duplicate=waiting.pk)
    assert Inquiry.objects.get(pk=waiting.pk).duplicate_of is None


def test_undoing_a_merge_leads_back_to_where_it_was_undone(inquiry, write_in, take, triager):
    other = write_in(email="ada@example.org")
    take("merge", duplicate=other.pk)
    here = reverse("inquiry:inspect", args=[inquiry.pk])
    answer = triager.post(reverse("inquiry:separate", args=[other.pk]), {"next": here})
    assert answer["Location"] == here


def test_a_stranger_is_not_merged(inquiry, write_in, take):
    stranger = write_in(name=inquiry.name, email="other@example.org")
    html = take("merge", duplicate=stranger.pk)
    assert "neither the same e-mail address nor the same number" in html
    assert Inquiry.objects.get(pk=stranger.pk).duplicate_of is None


def test_whom_a_page_gives_away_is_written_down(inquiry, write_in, page):
    other = write_in(email="ada@example.org")
    page(inquiry)
    entry = AuditEntry.objects.get(action="searched")
    assert (entry.reference, entry.detail) == (inquiry.reference, {"references": [other.reference]})


def test_an_inquiry_that_stands_alone_cannot_be_separated(take):
    assert "It stands on its own already." in take("separate")


def test_removing_the_other_leaves_a_merged_one_closed(inquiry, write_in, take):
    other = write_in(email="ada@example.org")
    take("merge", duplicate=other.pk)
    Inquiry.objects.get(pk=inquiry.pk).delete()
    left = Inquiry.objects.get()
    assert (left.pk, left.status, left.duplicate_of) == (other.pk, Status.CLOSED, None)
