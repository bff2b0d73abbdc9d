"""Every page type renders, can be edited and previewed, and has its place in the tree."""

import pytest
from django.db.models import CharField, TextField
from django.urls import reverse
from wagtail.models import Page, get_page_models

from pages.models import HomePage

from .editing import edit_url, form_of, words_of

PAGE_TYPES = sorted((m for m in get_page_models() if m is not Page), key=lambda m: m.__name__)

pytestmark = pytest.mark.usefixtures("planted")
of_every_type = pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda m: m.__name__)


def a_page(page_type: type[Page]) -> Page:
    return page_type.objects.order_by("path").first()


def test_no_page_type_is_left_out():
    names = {page_type.__name__ for page_type in PAGE_TYPES}
    assert names == {"ArticlePage", "ContactPage", "HomePage", "LibraryPage", "StandardPage"}
    assert {type(page) for page in Page.objects.filter(depth__gt=1).specific()} == set(PAGE_TYPES)


@of_every_type
def test_page_renders_for_a_visitor(page_type, visitor):
    page = a_page(page_type)
    answer = visitor.get(page.get_url())
    assert answer.status_code == 200
    assert page_type.template in [template.name for template in answer.templates]


@pytest.mark.parametrize("page_type", [m for m in PAGE_TYPES if m is not HomePage])
def test_page_with_nothing_but_a_title_renders(page_type, visitor, page_at, planted):
    parent = page_at("/library/") if page_type.__name__ == "ArticlePage" else planted
    page = page_type(title="Bare <words>", slug="bare")
    parent.add_child(instance=page)
    address = page.get_url()
    answer = visitor.get(address)
    assert answer.status_code == 200
    assert b"Bare &lt;words&gt;" in answer.content
    assert b"None" not in answer.content


@of_every_type
def test_page_is_saved_unchanged_by_an_editor(page_type, editor):
    for page in page_type.objects.all():
        before = list(words_of(page))
        form = form_of(page, editor)
        form["title"] = "Another title"
        answer = editor.post(edit_url(page), form)
        assert answer.status_code == 302, answer.context["form"].errors
        saved = page_type.objects.get(pk=page.pk).get_latest_revision_as_object()
        assert saved.title == "Another title"
        assert list(words_of(saved)) == before


@of_every_type
def test_every_preview_of_a_page_shows_what_is_not_saved_yet(page_type, editor):
    page = a_page(page_type)
    form = form_of(page, editor)
    form["title"] = form["heading"] = "Words that nobody has saved"
    form["thanks_title"] = "Thanks that nobody has saved"
    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert editor.post(preview, form).json() == {"is_valid": True, "is_available": True}
    for mode, _label in page.preview_modes:
        answer = editor.get(preview, {"mode": mode})
        heading = form["thanks_title"] if mode == "thanks" else form["title"]
        assert f"<h1>{heading}</h1>" in answer.content.decode()
    assert not page_type.objects.filter(title="Words that nobody has saved").exists()


@pytest.mark.parametrize(
    ("page_type", "parent"),
    [("articlepage", "/library/"), ("standardpage", "/"), ("standardpage", "/about/")],
)
def test_new_page_is_previewed_before_it_is_saved(page_type, parent, editor, page_at):
    place = ["pages", page_type, page_at(parent).pk]
    assert editor.get(reverse("wagtailadmin_pages:add", args=place)).status_code == 200
    preview = reverse("wagtailadmin_pages:preview_on_add", args=place)
    form = {"title": "A new page", "slug": "new", "body-count": "0"}
    assert editor.post(preview, form).json()["is_valid"]
    assert b"<h1>A new page</h1>" in editor.get(preview).content


@pytest.mark.parametrize(
    ("parent", "children"),
    [
        ("/", {"StandardPage"}),
        ("/about/", {"StandardPage"}),
        ("/library/", {"ArticlePage"}),
        ("/library/how-safe-is-kap/", set()),
        ("/contact/", set()),
    ],
)
def test_page_types_that_an_editor_is_offered(parent, children, page_at):
    offered = type(page_at(parent)).creatable_subpage_models()
    place = page_at(parent)
    assert {m.__name__ for m in offered if m.can_create_at(place)} == children


@pytest.mark.parametrize("page_type", [m for m in PAGE_TYPES if m._meta.app_label == "pages"])
def test_every_text_that_an_editor_writes_says_what_it_is_for(page_type):
    texts = [f for f in page_type._meta.local_fields if isinstance(f, (CharField, TextField))]
    unsaid = [f.name for f in texts if f.editable and f.name != "body" and not f.help_text]
    assert texts
    assert unsaid == []
