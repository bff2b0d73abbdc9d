"""The admin is the practice's own: its name, its mark, and what its people need first."""

import datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.utils import timezone

from pages.models import ArticlePage, Clinician
from pages.review_panel import ArticlesToReviewPanel, articles_to_review
from tests.practice import set_practice

ADMIN = "/admin/"

pytestmark = pytest.mark.usefixtures("planted")


def look(client, address: str = ADMIN) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def panels(page: BeautifulSoup) -> list[str]:
    return [str(section["id"]) for section in page.select("main section.w-panel--dashboard")]


@pytest.mark.parametrize("name", ["", "Rose & Oak"])
def test_name_is_in_title_side_bar_and_greeting(name, owner):
    set_practice(name=name)
    page, shown = look(owner), name or "Practice website"
    assert page.title.string.strip().endswith(f"- {shown}")
    assert page.h1.get_text(strip=True) == shown
    brand = page.select_one("template[data-wagtail-sidebar-branding-logo]")
    assert brand.get_text(strip=True) == shown
    assert brand.img["src"].endswith("img/favicon.svg")


@pytest.mark.parametrize("address", [ADMIN, "/admin/pages/", "/admin/nowhere/"])
def test_every_screen_has_our_mark_and_our_colours(address, owner):
    page = BeautifulSoup(owner.get(address).content, "html.parser")
    assert page.select_one("link[rel=icon]")["href"].endswith("img/favicon.svg")
    sheets = [link["href"] for link in page.select("link[rel=stylesheet]")]
    assert sheets[1].endswith("css/admin/brand.css")  # After the sheet that it changes.
    assert finders.find("css/admin/brand.css")


def test_no_face_is_fetched_from_elsewhere_and_nothing_advertises(owner):
    html = str(look(owner))
    for word in ("gravatar", "guide.wagtail.org", "editor guide", "new in Wagtail", "releases/"):
        assert word not in html, word


def test_intake_team_sees_inquiries_and_no_articles(triager):
    assert panels(look(triager)) == ["inquiries-section"]


def test_editor_sees_articles_and_no_inquiries(editor):
    assert panels(look(editor)) == ["articles-to-review-section"]


def test_inquiries_come_before_articles(owner):
    assert panels(look(owner)) == ["inquiries-section", "articles-to-review-section"]


@pytest.fixture
def review(page_at):
    """A function: the first article as reviewed, with its next review in so many days."""
    clinician = Clinician.objects.create(name="Dr. Ann Example")

    def until(days: int) -> None:
        today = timezone.localdate()
        ArticlePage.objects.update(
            reviewed_by=clinician,
            reviewed_on=today,
            next_review_on=today + datetime.timedelta(days=days),
        )

    return until


def test_article_with_a_review_that_holds_is_not_listed(review, editor):
    review(days=61)
    assert panels(look(editor)) == []


def test_article_is_listed_sixty_days_before_its_review_ends(review, editor):
    review(days=60)
    panel = look(editor).select_one("#articles-to-review-section")
    assert len(panel.select("li a")) == 2
    assert "Its next review is due on" in panel.get_text()


def test_article_whose_review_is_over_says_so(review, editor):
    review(days=-1)
    assert "Its review was due on" in look(editor).get_text()


def test_draft_waits_for_nobodys_review(page_at):
    page_at("/library/how-safe-is-kap/").unpublish()
    assert [article.slug for article in articles_to_review(timezone.localdate())] == [
        "kap-and-treatment-resistant-depression"
    ]


def test_panel_costs_one_query(editor, django_assert_num_queries):
    user = get_user_model().objects.get(pk=editor.session["_auth_user_id"])
    panel = ArticlesToReviewPanel(user)
    panel.get_context_data()  # Wagtail keeps the user's permissions from now on.
    with django_assert_num_queries(1):
        panel.get_context_data()
