"""Every change that visitors can see moves the site version, whoever makes it and however.

Signals would not do: moving a page, reordering the tree and an `update()` over many rows send
none. So this looks at the statements themselves, through Django's instrumentation of a database
connection. It sees what runs in Django; whoever changes rows with a tool of the database waits
until the kept pages end by themselves.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models import Model
from django.db.models.signals import post_migrate, pre_migrate
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Locale, Page, PageViewRestriction, Site

from .models import Rendition, SiteVersion

WRITE = re.compile(r'(INSERT|UPDATE|DELETE)\b[^"]*"(\w+)"')
COLUMN_SET = re.compile(r'"(\w+)" = ')
# What an editor's draft and lock write into the row of a published page. Wagtail saves a draft
# every few seconds while somebody types; visitors see none of it.
BEHIND_THE_SCENES = {
    "draft_title",
    "has_unpublished_changes",
    "latest_revision_created_at",
    "latest_revision_id",
    "locked",
    "locked_at",
    "locked_by_id",
}

Execute = Callable[..., Any]


def connect() -> None:
    """Begin to watch every connection that this process opens, except while it migrates."""
    ours = apps.get_app_config("pages")
    connection_created.connect(_watch_connection)
    pre_migrate.connect(_stop_watching, sender=ours)
    post_migrate.connect(_watch_again, sender=ours)


def is_visible(sql: str) -> bool:
    """Whether a statement changes something that visitors can see."""
    write = WRITE.match(sql)
    if not write or write[2] not in _visible_tables():
        return False
    if write[1] == "INSERT":
        # The first visitor of a page has its images made; that is no change of the page.
        return write[2] != Rendition._meta.db_table
    if write[1] == "UPDATE" and write[2] == Page._meta.db_table:
        columns = COLUMN_SET.findall(sql.partition(" WHERE ")[0])
        return not columns or not BEHIND_THE_SCENES.issuperset(columns)
    return True


@cache
def _visible_tables() -> frozenset[str]:
    """The tables of what pages are made of. Each page type's own row is written with its Page."""
    of_others: list[type[Model]] = [Page, Site, Locale, PageViewRestriction, Redirect]
    ours = apps.get_app_config("pages").get_models(include_auto_created=True)
    models = {*of_others, get_document_model(), *ours} - {SiteVersion}
    return frozenset(model._meta.db_table for model in models)


def _watch(execute: Execute, sql: Any, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    if isinstance(sql, str) and is_visible(sql):
        SiteVersion.move()
    return result


def _watch_connection(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    if _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def _stop_watching(using: str, **kwargs: Any) -> None:
    """Migrations write pages before there is a version."""
    wrappers = connections[using].execute_wrappers
    if _watch in wrappers:
        wrappers.remove(_watch)


def _watch_again(using: str, **kwargs: Any) -> None:
    """Count all that was migrated as one change."""
    connection = connections[using]
    if SiteVersion._meta.db_table in connection.introspection.table_names():
        SiteVersion.move()
        _watch_connection(connection)
