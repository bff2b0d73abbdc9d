"""A page costs the same few queries, however much there is around it and in it."""

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.documents.models import Document
from wagtail.models import Page, Site

from pages.models import ArticlePage, LibraryPage, PracticeImage, Topic

MOST = 12
ARTICLES = ["how-safe-is-kap", "kap-and-treatment-resistant-depression"]


@pytest.fixture
def queries(planted):
    """A function: how many queries a visitor's look at an address takes."""

    def count(address: str) -> int:
        client = Client()
        client.get(address)  # What is asked once in a process is not the page's own.
        cache.clear()  # What a page finds in a cache it may not find there the next time.
        Site.get_site_root_paths()
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def fill(library: LibraryPage, count: int) -> None:
    """Let the library have that many articles, of five topics, with five images, in one series."""
    topics = [Topic.objects.get_or_create(slug=f"t{n}", name=f"T{n}")[0] for n in range(5)]
    first = ArticlePage.objects.first()
    images = list(PracticeImage.objects.all())
    numbers = range(library.get_children().count() + 1, count + 1)
    pages = Page.objects.bulk_create(
        Page(
            title=f"Article {n}",
            slug=f"article-{n}",
            path=Page._get_path(library.path, library.depth + 1, n),
            depth=library.depth + 1,
            url_path=f"{library.url_path}article-{n}/",
            content_type=first.content_type,
            locale=first.locale,
        )
        for n in numbers
    )
    for number, page in zip(numbers, pages, strict=True):
        article = ArticlePage(page_ptr=page, topic=topics[number % 5])
        article.series, article.image = first.series, images[number % 5]
        article.save_base(raw=True)  # Its own table only: the rest of it is there.


@pytest.mark.parametrize("article", ARTICLES)
def test_starter_article_takes_at_most_twelve_queries(queries, article):
    assert queries(f"/library/{article}/") <= MOST


def test_no_other_page_takes_more(queries, planted):
    addresses = [page.get_url() for page in planted.get_descendants(inclusive=True).live()]
    counts = {address: queries(address) for address in addresses}
    assert {address: n for address, n in counts.items() if n > MOST} == {}
    assert len(counts) == 13


def test_article_takes_as_many_queries_among_a_thousand_as_among_ten(queries, library):
    fill(library, 10)
    few = queries("/library/article-9/")
    fill(library, 1000)
    assert library.get_children().count() == 1000
    assert queries("/library/article-9/") == few <= MOST


def test_library_takes_as_many_queries_with_many_articles_as_with_three(queries, library):
    fill(library, 3)
    few = queries("/library/")
    fill(library, 200)
    assert queries("/library/") == few <= MOST


def test_article_takes_as_many_queries_with_fifty_paragraphs_as_with_two(
    queries, write, sources, page_at
):
    made = sources(*(f"s-{n}" for n in range(50)))
    about, fees = page_at("/about/"), page_at("/fees/")

    def paragraphs(count: int) -> list:
        return [
            ("text", f'<p>A <a linktype="page" id="{page.pk}">link</a> [@{source.key}].</p>')
            for source, page in zip(made[:count], [about, fees] * count, strict=False)
        ]

    write("Short", *paragraphs(2))
    write("Long", *paragraphs(50))
    assert queries("/library/long/") == queries("/library/short/") <= MOST


def test_article_takes_as_many_queries_with_ten_documents_as_with_one(queries, write):
    documents = [
        Document.objects.create(title="A", file=ContentFile(b"a", name=f"a{n}.txt"))
        for n in range(10)
    ]
    links = [
        ("text", f'<p><a linktype="document" id="{file.pk}">a file</a></p>') for file in documents
    ]
    write("One", links[0])
    write("Ten", *links)
    assert queries("/library/ten/") == queries("/library/one/") <= MOST
    assert Client().get("/library/ten/").content.count(b'href="/documents/') == 10


def test_article_takes_as_many_queries_with_five_images_as_with_one(queries, write):
    figures = [("figure", {"image": i, "caption": ""}) for i in PracticeImage.objects.all()]
    assert len(figures) == 5
    write("One", figures[0])
    write("Five", *figures)
    assert queries("/library/five/") == queries("/library/one/") <= MOST


def test_page_deep_in_the_tree_takes_no_more_queries_than_allowed(queries, page_at):
    place = page_at("/about/")
    for n in range(6):
        child = type(place)(title=f"Level {n}", slug=f"level-{n}")
        place = place.add_child(instance=child)
    assert queries(place.get_url()) <= MOST


def test_address_that_leads_nowhere_takes_few_queries(planted, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST):
        assert Client().get("/no/such/page/at/all/").status_code == 404
