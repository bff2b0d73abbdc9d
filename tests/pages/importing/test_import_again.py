"""The same file again updates its draft, whatever staff did to the page in between."""

import pytest
from wagtail.models import PageLogEntry, Revision
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from pages.models import ArticlePage, LibraryPage

TITLE = "Walking and talking"
FIRST = f"{TITLE}\n\nThe first text of it.\n\n- a\n- b\n  - c\n"
SECOND = f"{TITLE}\n\nThe second text of it.\n"


def revisions_of(page) -> int:
    return Revision.page_revisions.for_instance(page).count()


def imported_pages() -> int:
    return ArticlePage.objects.exclude(import_key="").count()


@pytest.fixture
def draft(import_text, imported) -> ArticlePage:
    import_text(FIRST)
    return imported()


def test_a_new_article_is_a_draft_in_the_library(draft, library, visitor):
    assert not draft.live
    assert draft.get_parent().pk == library.pk
    assert draft.slug == "walking-and-talking"
    assert visitor.get("/library/walking-and-talking/").status_code == 404


def test_a_new_article_takes_a_slug_that_is_free(draft, import_text, imported, library):
    other = library.add_child(instance=ArticlePage(title=TITLE, slug="sitting-and-talking"))
    import_text("Sitting and talking\n\nText.")
    new = ArticlePage.objects.get(import_key="sitting-and-talking")
    assert new.slug == "sitting-and-talking-2"
    assert new.pk != other.pk


def test_the_same_file_makes_no_new_revision_and_says_so(draft, import_text):
    output = import_text(FIRST)
    assert "Nothing new" in output
    assert revisions_of(draft) == 1
    assert imported_pages() == 1


def test_another_text_makes_a_new_revision_of_the_same_page(draft, import_text, imported):
    output = import_text(SECOND)
    assert "Updated" in output
    assert revisions_of(draft) == 2
    assert imported_pages() == 1
    assert "The second text" in imported().body[0].value.source


def test_both_imports_stand_in_the_history(draft, import_text):
    import_text(SECOND)
    actions = PageLogEntry.objects.filter(page=draft.pk, revision__isnull=False)
    assert [entry.action for entry in actions] == ["wagtail.edit", "wagtail.edit"]
    assert PageLogEntry.objects.filter(page=draft.pk, action="wagtail.create").count() == 1


def test_a_new_title_slug_and_place_are_kept(draft, import_text, imported, library):
    draft.title, draft.slug = "Staff's title", "staffs-slug"
    draft.save_revision().publish()
    elsewhere = LibraryPage(title="Shelf", slug="shelf")
    library.get_parent().add_child(instance=elsewhere)
    ArticlePage.objects.get(pk=draft.pk).move(elsewhere, pos="last-child")
    import_text(SECOND)
    after = imported()
    assert (after.pk, after.title, after.slug) == (draft.pk, "Staff's title", "staffs-slug")
    assert after.get_parent().pk == elsewhere.pk
    assert "The second text" in after.body[0].value.source


def test_only_the_letters_of_a_title_change_with_the_file(draft, import_text, imported):
    import_text(FIRST.replace(TITLE, "Walking, and Talking!"))
    assert imported().pk == draft.pk
    assert imported().title == "Walking, and Talking!"


def test_what_staff_added_beside_the_text_is_kept(draft, import_text, imported):
    draft.standfirst = "Staff wrote this."
    draft.save_revision()
    import_text(SECOND)
    assert imported().standfirst == "Staff wrote this."


def test_a_text_that_staff_changed_is_replaced_and_stays_in_the_history(
    draft, import_text, imported
):
    draft.body = [("text", "<p>Staff wrote this.</p>")]
    staffs = draft.save_revision()
    import_text(FIRST)
    assert "The first text" in imported().body[0].value.source
    assert Revision.objects.filter(pk=staffs.pk).exists()


def test_a_draft_that_staff_only_opened_and_saved_is_the_same(draft, import_text, editor):
    edit = f"/admin/pages/{draft.pk}/edit/"
    assert editor.post(edit, unchanged_form(editor.get(edit), draft)).status_code == 302
    assert revisions_of(draft) == 2
    assert "Nothing new" in import_text(FIRST)
    assert revisions_of(draft) == 2


def unchanged_form(response, draft) -> dict:
    """What the browser sends when somebody presses "Save draft" and has changed nothing."""
    form = querydict_from_html(response.content.decode(), form_id="page-edit-form").dict()
    blocks = [(block.block_type, rich_text(block.value.source)) for block in draft.body]
    return form | nested_form_data({"body": streamfield(blocks)})


def test_a_copy_of_the_page_is_not_what_is_updated(draft, import_text):
    copy = draft.copy(update_attrs={"title": "A copy", "slug": "a-copy"})
    revisions = revisions_of(copy)
    import_text(SECOND)
    assert revisions_of(draft) == 2
    assert revisions_of(copy) == revisions


def test_publishing_is_asked_for(import_text, imported, visitor):
    output = import_text(FIRST, "--publish")
    assert "Published" in output
    page = visitor.get("/library/walking-and-talking/")
    assert "The first text" in page.content.decode()


def test_a_published_page_keeps_its_text_until_the_next_publishing(import_text, visitor):
    import_text(FIRST, "--publish")
    output = import_text(SECOND)
    assert "visitors read the published text" in output
    assert "The first text" in visitor.get("/library/walking-and-talking/").content.decode()
    import_text(SECOND, "--publish")
    assert "The second text" in visitor.get("/library/walking-and-talking/").content.decode()


def test_a_draft_is_published_by_the_same_file(draft, import_text, imported):
    output = import_text(FIRST, "--publish")
    assert "Published" in output
    assert imported().live
    assert revisions_of(draft) == 1


def test_publishing_twice_changes_nothing(import_text, imported):
    import_text(FIRST, "--publish")
    published = imported().last_published_at
    import_text(FIRST, "--publish")
    assert imported().last_published_at == published
