"""Every change that visitors can see makes another version of the site, and nothing else does."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents.models import Document
from wagtail.models import Page, PageViewRestriction, Site

from contact.models import Inquiry
from pages.models import (
    ArticlePage,
    Clinician,
    HomePage,
    LibraryPage,
    PracticeImage,
    PracticeSettings,
    Rendition,
    SiteVersion,
    Source,
    StandardPage,
    Topic,
)

pytestmark = pytest.mark.usefixtures("planted")


def moves(change: Callable[[], Any]) -> bool:
    """Whether a change makes another version."""
    before = SiteVersion.current()
    change()
    return SiteVersion.current() != before


def about() -> StandardPage:
    return StandardPage.objects.get(slug="about")


def add_page() -> Page:
    return HomePage.objects.get().add_child(instance=StandardPage(title="New", slug="new"))


def raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


CHANGES: dict[str, Callable[[], Any]] = {
    "publish": lambda: about().save_revision().publish(),
    "unpublish": lambda: about().unpublish(),
    "add": add_page,
    "delete": lambda: about().delete(),
    "move": lambda: ArticlePage.objects.first().move(HomePage.objects.get(), "last-child"),
    "reorder": lambda: about().move(about().get_siblings().last(), "right"),
    "privacy": lambda: PageViewRestriction.objects.create(page=about(), restriction_type="login"),
    "settings": lambda: PracticeSettings.load().save(),
    "snippet": lambda: Source.objects.first().save(),
    "many rows at once": lambda: Source.objects.update(year=2001),
    "deleted topic": lambda: Topic.objects.first().delete(),
    "clinician's licence": lambda: Clinician.objects.create(name="Ann").licences.create(state="OR"),
    "image": lambda: PracticeImage.objects.first().save(),
    "sizes of an image": lambda: Rendition.objects.all().delete(),
    "document": lambda: Document.objects.create(title="A", file=ContentFile(b"a", name="a.txt")),
    "redirect": lambda: Redirect.objects.create(old_path="/old", redirect_link="/"),
    "address of the site": lambda: Site.objects.update(port=81),
    "statement by hand": lambda: raw('UPDATE "wagtailcore_page" SET title = title'),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_visitors_see_makes_another_version(change):
    assert moves(change)


def test_scheduled_page_makes_another_version_on_its_hour():
    page = about()
    page.go_live_at = timezone.now() + timedelta(hours=1)
    page.save_revision().publish()
    publish_scheduled = partial(call_command, "publish_scheduled", stdout=StringIO())
    assert not moves(publish_scheduled)
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert moves(publish_scheduled)


def edit_draft() -> None:
    page = about()
    page.title = "About us, perhaps"
    page.save_revision()


def lock() -> None:
    page = about()
    page.locked, page.locked_at = True, timezone.now()
    page.save(update_fields=["locked", "locked_at", "locked_by"])


def make_size_of_image() -> None:
    PracticeImage.objects.first().get_rendition("width-77")


UNSEEN: dict[str, Callable[[], Any]] = {
    "draft": edit_draft,
    "lock": lock,
    "inquiry": lambda: Inquiry.objects.create(name="Ann", contact_by="phone", phone="1"),
    "reading": lambda: list(Page.objects.all()),
    "size of an image": make_size_of_image,
}


@pytest.mark.parametrize("work", UNSEEN.values(), ids=UNSEEN)
def test_what_visitors_do_not_see_makes_none(work):
    assert not moves(work)


def test_change_that_is_taken_back_takes_its_version_back():
    before = SiteVersion.current()
    with transaction.atomic():
        LibraryPage.objects.get().save()
        assert SiteVersion.current() != before
        transaction.set_rollback(True)
    assert SiteVersion.current() == before
