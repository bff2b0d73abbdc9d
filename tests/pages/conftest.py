"""Articles and sources that tests write, and pages as a visitor sees them."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils.text import slugify

from pages.models import ArticlePage, LibraryPage, PracticeSettings, Source

Write = Callable[..., ArticlePage]


@pytest.fixture
def library(planted) -> LibraryPage:
    return LibraryPage.objects.get()


@pytest.fixture
def write(library) -> Write:
    """A function: publishes an article in the library, or leaves it a draft with `live=False`."""

    def article(
        title: str, *body: tuple[str, Any], live: bool = True, **fields: Any
    ) -> ArticlePage:
        page = ArticlePage(title=title, slug=slugify(title), live=live, body=list(body), **fields)
        library.add_child(instance=page)
        revision = page.save_revision()
        if live:
            revision.publish()
        return ArticlePage.objects.get(pk=page.pk)

    return article


@pytest.fixture
def sources(planted) -> Callable[..., list[Source]]:
    """A function: makes sources with these keys."""

    def make(*keys: str) -> list[Source]:
        return [
            Source.objects.create(key=key, authors=f"Author of {key}", title=f"On {key}", year=2020)
            for key in keys
        ]

    return make


@pytest.fixture
def practice(planted) -> Callable[..., PracticeSettings]:
    """A function: fills in the practice's settings."""

    def fill_in(**facts: Any) -> PracticeSettings:
        settings = PracticeSettings.load()
        for name, value in facts.items():
            setattr(settings, name, value)
        settings.full_clean()
        settings.save()
        return settings

    return fill_in


@pytest.fixture
def look(visitor) -> Callable[..., BeautifulSoup]:
    """A function: the page at an address as a visitor sees it."""

    def see(address: str, status: int = 200) -> BeautifulSoup:
        answer = visitor.get(address)
        assert answer.status_code == status, address
        return BeautifulSoup(answer.content, "html.parser")

    return see


def texts_of(elements: Iterable[Any]) -> list[str]:
    """The words of each element, with single spaces."""
    return [" ".join(element.get_text().split()) for element in elements]
