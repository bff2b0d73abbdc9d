"""Fill a Wagtail site, ours or another, with siblings of a page: `SLUG NUMBER`.

The siblings are rows as Wagtail writes them, in the tree's order, without a body, a revision or an
entry in the search index: what is measured is how long one page among many takes to be found.
"""

import sys
import uuid
from typing import Any

import django
from django.db import connection, transaction

BATCH = 5_000


def add_siblings(slug: str, number: int) -> None:
    """Add so many pages beside the one with this slug."""
    from wagtail.models import Page

    page = Page.objects.get(slug=slug)
    parent = page.get_parent()
    first = parent.numchild + 1
    taken = {"pk", "id"}
    names = [f.attname for f in Page._meta.concrete_fields if f.attname not in taken]
    common = {name: getattr(page, name) for name in names}
    for start in range(first, first + number, BATCH):
        steps = range(start, min(start + BATCH, first + number))
        Page.objects.bulk_create(_sibling(Page, common, parent, step) for step in steps)
    Page.objects.filter(pk=parent.pk).update(numchild=first + number - 1)
    _complete(page.specific, first, parent)


def _sibling(model: Any, common: dict[str, Any], parent: Any, step: int) -> Any:
    """The row that Wagtail's own table has of a sibling."""
    slug = f"page-{step}"
    own = {
        "path": model._get_path(parent.path, parent.depth + 1, step),
        "slug": slug,
        "title": f"Page {step}",
        "url_path": f"{parent.url_path}{slug}/",
        "translation_key": uuid.uuid4(),
        "latest_revision_id": None,
        "live_revision_id": None,
    }
    return model(**common | own)


def _complete(page: Any, first: int, parent: Any) -> None:
    """Write the rows of the page type's table by copying the page's own, without its body."""
    meta = page._meta
    columns = [field.column for field in meta.local_concrete_fields]
    link = meta.pk.column
    values = {link: "sibling.id", "body": "'[]'"}
    copied = ", ".join(values.get(column, f'own."{column}"') for column in columns)
    named = ", ".join(f'"{column}"' for column in columns)
    lowest = page._get_path(parent.path, parent.depth + 1, first)
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{meta.db_table}" ({named}) SELECT {copied} '
            f'FROM "{meta.db_table}" own, wagtailcore_page sibling '
            f'WHERE own."{link}" = %s AND sibling.path >= %s AND sibling.depth = %s '
            "AND sibling.path LIKE %s",
            [page.pk, lowest, page.depth, f"{parent.path}%"],
        )


if __name__ == "__main__":
    django.setup()
    with transaction.atomic():
        add_siblings(sys.argv[1], int(sys.argv[2]))
