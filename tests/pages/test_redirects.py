"""An address that was once given out goes on leading to its page."""

import pytest

from pages.models import StandardPage


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """A function: gives a page another address, as an editor who publishes it."""

    def publish(page, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            page.save_revision().publish()

    return publish


@pytest.fixture
def moved(rename, page_at):
    """A page that has another address now."""
    rename(page_at("/about/"), "who-we-are")


def test_old_address_leads_to_the_new_one(moved, visitor):
    answer = visitor.get("/about/")
    assert (answer.status_code, answer["Location"]) == (301, "/who-we-are/")


def test_new_address_shows_the_page(moved, visitor):
    assert visitor.get("/who-we-are/").status_code == 200


def test_pages_below_are_found_at_their_old_addresses_too(visitor, library, rename):
    rename(library, "articles")
    answer = visitor.get("/library/how-safe-is-kap/")
    assert (answer.status_code, answer["Location"]) == (301, "/articles/how-safe-is-kap/")


def test_moved_page_is_found_at_its_old_address(visitor, page_at):
    page_at("/fees/").move(page_at("/about/"), pos="last-child")
    answer = visitor.get("/fees/")
    assert (answer.status_code, answer["Location"]) == (301, "/about/fees/")


def test_new_page_at_an_old_address_is_shown(moved, visitor, planted):
    planted.add_child(instance=StandardPage(title="Another", slug="about"))
    assert b"<h1>Another</h1>" in visitor.get("/about/").content


def test_draft_of_another_address_changes_nothing_yet(visitor, page_at):
    page = page_at("/about/")
    page.slug = "who-we-are"
    page.save_revision()
    assert visitor.get("/about/").status_code == 200
    assert visitor.get("/who-we-are/").status_code == 404
