"""An article says who reviewed it and when, or that nobody has."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from pages.models import ArticlePage, Clinician

from .test_walk import things
from .walking import Visit

UNREVIEWED = "No clinician has reviewed this article yet."


@pytest.fixture
def clinician(planted) -> Clinician:
    """A clinician of the test, whom no starter content names."""
    return Clinician.objects.create(name="Sample Person", credentials="MD", role="Psychiatrist")


def day(offset: int):
    """The day that many days from today."""
    return timezone.localdate() + timedelta(days=offset)


def test_article_that_nobody_reviewed_says_so(write, look):
    write("Open")
    assert UNREVIEWED in look("/library/open/").get_text()


def test_reviewed_article_says_by_whom_when_and_until_when(write, look, clinician):
    write("Done", reviewed_by=clinician, reviewed_on=day(-10), next_review_on=day(300))
    text = " ".join(look("/library/done/").select_one(".review-line").get_text().split())
    assert UNREVIEWED not in text
    assert "Reviewed by Sample Person, MD on" in text
    assert "Next review:" in text


def test_review_without_a_next_day_leaves_no_gap(write, look, clinician):
    write("Done", reviewed_by=clinician, reviewed_on=day(0))
    assert "Next review" not in look("/library/done/").get_text()


def test_author_is_named_beside_the_missing_review(write, look, clinician):
    write("Written", author=clinician)
    text = look("/library/written/").select_one(".review-line").get_text()
    assert "By Sample Person, MD" in text
    assert UNREVIEWED in text


def test_reviewer_who_leaves_the_practice_takes_the_review_along(write, look, clinician):
    write("Done", reviewed_by=clinician, reviewed_on=day(0))
    clinician.delete()
    assert UNREVIEWED in look("/library/done/").get_text()


def test_machines_are_told_of_the_review(write, look, clinician):
    write("Done", author=clinician, reviewed_by=clinician, reviewed_on=day(0))
    page = look("/library/done/")
    said = things(Visit("/library/done/", 200, "text/html", page))["MedicalWebPage"]
    person = {
        "@type": "Person",
        "name": "Sample Person",
        "honorificSuffix": "MD",
        "jobTitle": "Psychiatrist",
    }
    assert said["reviewedBy"] == said["author"] == person
    assert said["lastReviewed"] == day(0).isoformat()


@pytest.mark.parametrize(
    ("who", "when", "until", "field"),
    [
        (True, None, None, "reviewed_on"),
        (False, -1, None, "reviewed_by"),
        (True, 1, None, "reviewed_on"),
        (True, -1, -1, "next_review_on"),
        (True, -1, -2, "next_review_on"),
    ],
    ids=["no day", "nobody", "still to come", "over at once", "over before"],
)
def test_review_that_cannot_be_is_refused(clinician, who, when, until, field):
    page = ArticlePage(title="T", slug="t", reviewed_by=clinician if who else None)
    page.reviewed_on = None if when is None else day(when)
    page.next_review_on = None if until is None else day(until)
    with pytest.raises(ValidationError) as refused:
        page.validate_content()
    assert set(refused.value.message_dict) == {field}


def test_review_of_today_is_accepted(clinician):
    page = ArticlePage(title="T", slug="t", reviewed_by=clinician, reviewed_on=day(0))
    page.next_review_on = day(1)
    page.validate_content()
