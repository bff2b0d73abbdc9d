"""The test counts nowhere: while it is stored, every list, number and export is as without it."""

import datetime
import re

import pytest
from django.utils import timezone

from contact import retention
from contact.models import AuditEntry, Inquiry, Kind, Notice, PostTally, Source, Status
from contact.records.person import Finding, Wanted
from contact.rehearsal import proof
from contact.triage.search import matching
from kapsite.secretfile import BASE_DIR

pytestmark = pytest.mark.django_db
TOKEN = "a long token for the monitoring system"
DIFFERS = r"csrfmiddlewaretoken[^>]+|'csrfToken'[^,]+|CSRF_TOKEN[^,]+|kapsite_(synthetic|disk).*"
ADDRESS = "rehearsal@example.invalid"
PAGES = (
    "/admin/",
    "/admin/inquiries/",
    "/admin/inquiries/?tab=all",
    "/admin/inquiries/?tab=late",
    "/admin/inquiries/?tab=spam",
    "/admin/reports/inquiries/",
    "/admin/reports/notices/",
    "/metrics",
)
# What has to see it: the way in, which is the same for all, the worker, and the test itself.
SEE_EVERYTHING = {
    "contact/delivery.py",
    "contact/intake.py",
    "contact/models/inquiry.py",
    "contact/models/notice.py",
    "contact/rehearsal/proof.py",
    "contact/views.py",
}


@pytest.fixture
def in_a_table(clock, inquiry) -> Inquiry:
    """The test beside a person's inquiry, as conspicuous as it can be: late, unsent, given up."""
    clock.send()
    Inquiry.everything.update(due_at=timezone.now() - datetime.timedelta(hours=1))
    Notice.everything.update(dead=True)
    return Inquiry.everything.get(source=Source.REHEARSAL)


@pytest.fixture
def look(owner, settings):
    """A function: what a page says, without what differs each time that it is asked for."""
    settings.METRICS_TOKEN = TOKEN

    def words(path: str) -> str:
        answer = owner.get(path, HTTP_AUTHORIZATION=f"Bearer {TOKEN}")
        assert answer.status_code == 200
        return re.sub(DIFFERS, "", answer.content.decode())

    return words


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_the_same_with_it_and_without(look, in_a_table, path):
    with_it = look(path)
    Inquiry.everything.filter(pk=in_a_table.pk).update(source=Source.FORM)
    Notice.everything.update(kind=Notice.Kind.NEW_INQUIRY)
    as_a_person = look(path)
    Inquiry.objects.filter(pk=in_a_table.pk).delete()
    assert with_it == look(path)
    assert with_it != as_a_person


def test_its_own_page_is_not_there(owner, in_a_table):
    assert owner.get(f"/admin/inquiries/{in_a_table.pk}/").status_code == 404


def test_no_search_finds_it(in_a_table):
    for text in (in_a_table.reference, ADDRESS, "Hourly"):
        assert not Inquiry.objects.filter(matching(text)).exists()
    assert not Finding.of(Wanted(Kind.EMAIL, ADDRESS)).listed


def test_no_export_holds_it(owner, in_a_table, inquiry):
    asked = {"format": "csv", "reason": "authority"}
    answer = owner.post("/admin/inquiries/export/", asked)
    sheet = b"".join(answer.streaming_content).decode()
    assert inquiry.reference in sheet
    assert in_a_table.reference not in sheet


def test_retention_does_not_remove_it(in_a_table):
    long_ago = timezone.now() - datetime.timedelta(days=5000)
    Inquiry.everything.update(status=Status.CLOSED, closed_at=long_ago)
    assert retention.remove_due(timezone.localdate()) == 1
    assert Inquiry.everything.get() == in_a_table


def test_it_brings_no_network_nearer_to_its_limit_and_stands_in_no_trail(in_a_table):
    assert not PostTally.objects.exists()
    assert not AuditEntry.objects.exists()


def test_removing_it_removes_nothing_else(in_a_table, inquiry):
    proof.remove()
    assert list(Inquiry.everything.all()) == [inquiry]


def test_no_other_code_sees_it():
    sources = [p for app in ("contact", "kapsite", "pages") for p in (BASE_DIR / app).rglob("*.py")]
    sees = re.compile(r"\.everything\b|\beverything = ")
    seeing = {str(p.relative_to(BASE_DIR)) for p in sources if sees.search(p.read_text())}
    assert seeing == SEE_EVERYTHING
