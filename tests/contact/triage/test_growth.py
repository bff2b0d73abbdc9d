"""What keeps staff's lists flat: what they count, and which index the database takes."""

import datetime
import re

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact import counting
from contact.counting import BoundedPaginator
from contact.models import BlindTerm, Inquiry, Notice, Status
from contact.records import export
from contact.triage.search import matching

INBOX = "/admin/inquiries/"
PLANS = {"sqlite": "EXPLAIN QUERY PLAN", "postgresql": "EXPLAIN"}


def plan_of(rows) -> str:
    """How the database would read these rows, if an index is any use for it.

    A table of a test is so small that PostgreSQL would always read the whole of it.
    """
    return plan_of_sql(*rows.query.sql_with_params())


def plan_of_sql(sql: str, values=None) -> str:
    """The same for a statement."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"{PLANS[connection.vendor]} {sql}", values)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


@pytest.fixture
def few(monkeypatch):
    """A list counts two rows beyond its page."""
    monkeypatch.setattr(counting, "MOST_AHEAD", 2)


@pytest.fixture
def many(db) -> None:
    """Inquiries that can be searched for, enough of them.

    Of two indexes PostgreSQL takes any for a table that it has counted as empty.
    """
    people = [Inquiry(name="A", contact_by="email") for _number in range(1000)]
    Inquiry.objects.bulk_create(people)
    BlindTerm.objects.bulk_create(
        BlindTerm(inquiry=person, kind="email", term=person.reference) for person in people
    )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def pages_of(rows) -> BoundedPaginator:
    return BoundedPaginator(rows.order_by("created_at"), per_page=1)


def test_the_whole_inbox_comes_in_its_order_without_sorting(many):
    plan = plan_of(Inquiry.objects.by_due_time()[:50])
    assert "inquiry_in_order" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_a_colleagues_finished_inquiries_are_not_read(many):
    owner = get_user_model().objects.create_user("ada@example.org")
    rows = Inquiry.objects.filter(assigned_to=owner, status=Status.NEW).order_by()
    assert "inquiry_by_owner" in plan_of(rows)


def test_mail_that_went_out_is_not_read(db):
    assert "notice_unsent" in plan_of(Notice.objects.unsent()[:50])


def test_what_is_due_for_removal_is_found_without_sorting(many):
    day = datetime.date(2026, 3, 4)
    plan = plan_of(Inquiry.objects.removable(Status.CLOSED, day, datetime.UTC)[:100])
    assert "inquiry_by_end" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_an_export_jumps_to_where_a_batch_begins(many, monkeypatch):
    monkeypatch.setattr(export, "BATCH", 500)
    with CaptureQueriesContext(connection) as queries:
        assert len(list(export.batches(Inquiry.objects.all()))) == 2
    second = [query["sql"] for query in queries if 'FROM "contact_inquiry"' in query["sql"]][1]
    assert re.search(r"created_at>\?|Index Cond: .*created_at >=", plan_of_sql(second))


def test_a_search_by_email_reads_the_blind_index(many):
    plan = plan_of(Inquiry.objects.filter(matching("ada@example.org")))
    assert "blind_term_lookup" in plan
    assert re.search(r"\(term=\? AND kind=\?\)|Index Cond: \(\(\(term\).* AND \(\(kind\)", plan)
    assert "SCAN contact_inquiry" not in plan


def test_a_search_that_may_mean_a_reference_too_reads_no_whole_table(many):
    plan = plan_of(Inquiry.objects.filter(matching("4CDF-HJKM")))
    assert "SCAN contact_inquiry" not in plan
    assert "Seq Scan" not in plan


def test_a_long_list_counts_some_way_ahead_and_says_so(write_in, few):
    for _number in range(4):
        write_in()
    pages = pages_of(Inquiry.objects)
    assert pages.get_page(1).paginator.items_count_label == "more than 2 inquiries"


def test_a_short_list_is_counted_to_the_end(write_in, few):
    write_in()
    assert pages_of(Inquiry.objects).items_count_label == "1 inquiry"


def test_every_page_of_a_long_list_can_be_reached(write_in, few):
    written = [write_in() for _number in range(5)]
    pages, number, seen = pages_of(Inquiry.objects), 1, []
    while number:
        page = pages_of(Inquiry.objects).get_page(number)
        seen += page
        number = page.next_page_number() if page.has_next() else 0
    assert seen == written
    assert not pages.get_page(5).has_next()


def test_a_page_that_no_list_has_shows_the_last(write_in, few):
    write_in()
    assert pages_of(Inquiry.objects).get_page("9" * 30).number == 1


def test_the_inbox_says_that_more_fit_than_it_counted(write_in, triager, few):
    for _number in range(3):
        write_in(name="Maria Garcia")
    page = triager.post(f"{INBOX}search/", {"text": "Maria"}, follow=True).text
    assert "More than 2 inquiries fit “Maria”" in page
