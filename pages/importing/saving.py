"""Puts a parsed article into the library: a new draft, or a new revision of an old one."""

from enum import StrEnum
from itertools import count
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.text import slugify
from wagtail.models import Page

from ..models import ArticlePage, LibraryPage
from .article import ParsedArticle, Refusal
from .parsing import key_of
from .rendering import as_stored

MAX_SLUG_LENGTH = 240  # Leaves room for a number behind it.


class Outcome(StrEnum):
    """What an import did to the library."""

    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class Saved(NamedTuple):
    """The page after an import."""

    page: ArticlePage
    outcome: Outcome
    is_published: bool


def find_library() -> LibraryPage:
    """The library. Raises Refusal where none has been set up."""
    has_table = LibraryPage._meta.db_table in connection.introspection.table_names()
    library = LibraryPage.objects.first() if has_table else None
    if library is None:
        raise Refusal("There is no library yet: run `make setup` first.")
    return library


def page_at(library: LibraryPage, path: str) -> int | None:
    """The id of the page at `path` on this site, if there is one."""
    home = library.get_parent()
    url_path = f"{home.url_path}{path.strip('/')}/" if path.strip("/") else home.url_path
    return Page.objects.filter(url_path=url_path).values_list("pk", flat=True).first()


def save(article: ParsedArticle, library: LibraryPage, *, publish: bool) -> Saved:
    """Make or update the draft of `article` below `library`, and publish it if asked.

    A published page keeps its published text until then. Raises Refusal, and changes nothing,
    where the page itself refuses the text or is locked.
    """
    try:
        with transaction.atomic():
            page, outcome = _save_draft(article, library)
            if publish:
                _publish(page)
    except ValidationError as error:
        raise Refusal(" ".join(error.messages)) from None
    page.refresh_from_db()
    return Saved(page, outcome, is_published=page.live and not page.has_unpublished_changes)


def _save_draft(article: ParsedArticle, library: LibraryPage) -> tuple[ArticlePage, Outcome]:
    key = key_of(article.title)
    # A copy of the page has the same key, and an alias cannot have a draft of its own.
    pages = ArticlePage.objects.filter(import_key=key, alias_of__isnull=True)
    page = pages.select_for_update().order_by("pk").first()
    if page is None:
        return _create(article, library), Outcome.CREATED
    if page.get_lock():
        raise Refusal(f"The page “{page.draft_title}” is locked, in review or scheduled.")
    return _update(page, article)


def _create(article: ParsedArticle, library: LibraryPage) -> ArticlePage:
    page = ArticlePage(
        title=article.title,
        slug=_free_slug(library, article.title),
        import_key=key_of(article.title),
        body=article.body,
        live=False,
    )
    page.validate_content()
    library.add_child(instance=page)
    page.save_revision(user=None, log_action=True, changed=True)
    return page


def _update(page: ArticlePage, article: ParsedArticle) -> tuple[ArticlePage, Outcome]:
    """Give the page's latest draft the body of `article`, and its title unless staff chose one."""
    draft = page.get_latest_revision_as_object()
    title = article.title if key_of(draft.title) == key_of(article.title) else draft.title
    if draft.title == title and _comparable(draft.body.raw_data) == article.body:
        return page, Outcome.UNCHANGED
    draft.title = title
    draft.body = article.body
    draft.validate_content()
    draft.save_revision(user=None, log_action=True, changed=True)
    return draft, Outcome.UPDATED


def _publish(page: ArticlePage) -> None:
    """Publish the latest draft, unless visitors see it already."""
    page.refresh_from_db()
    if not page.live or page.has_unpublished_changes:
        page.get_latest_revision().publish()


def _comparable(raw_data: Any) -> list[dict[str, Any]]:
    """Blocks as the parser makes them: without their ids, and texts without the editor's keys."""
    return [
        {
            "type": block["type"],
            "value": as_stored(block["value"]) if block["type"] == "text" else block["value"],
        }
        for block in raw_data
    ]


def _free_slug(library: LibraryPage, title: str) -> str:
    """A slug for `title` that no page in the library has."""
    wanted = slugify(title, allow_unicode=True)[:MAX_SLUG_LENGTH].strip("-_")
    taken = set(library.get_children().values_list("slug", flat=True))
    slugs = (f"{wanted}-{number}" if number > 1 else wanted for number in count(1))
    return next(slug for slug in slugs if slug not in taken)
