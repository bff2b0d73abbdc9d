"""What a browser sends when somebody saves a page in Wagtail's editor."""

import re
from collections.abc import Iterator
from typing import Any

from django.http import QueryDict
from django.test import Client
from django.urls import reverse
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.test.utils.form_data import (
    nested_form_data,
    querydict_from_html,
    rich_text,
    streamfield,
)

from pages.models import BodyPage

# Keys of paragraphs, and the space between elements that it closes up.
LEFT_BY_THE_EDITOR = re.compile(r' data-block-key="\w+"|(?<=>)\s+(?=<)')


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def form_of(page: Page, client: Client) -> QueryDict:
    """The fields of the page's edit form, filled in with what the page holds.

    The editor builds the fields of a StreamField in the browser, so they are added here.
    """
    form = querydict_from_html(
        client.get(edit_url(page)).content.decode(), form_id="page-edit-form"
    )
    for field in page._meta.get_fields():
        if isinstance(field, StreamField):
            stream = getattr(page, field.name)
            sent = streamfield([(b.block_type, _sent(b.block, b.value)) for b in stream])
            form.update(nested_form_data({field.name: sent}))
    return form


def _sent(block: blocks.Block, value: Any) -> Any:
    """A block's value as its fields send it."""
    match block:
        case blocks.StructBlock():
            return {name: _sent(child, value[name]) for name, child in block.child_blocks.items()}
        case blocks.ListBlock():
            items = [
                {
                    "deleted": "",
                    "order": n,
                    "type": "item",
                    "value": _sent(block.child_block, item),
                    "id": "",
                }
                for n, item in enumerate(value)
            ]
            return {"count": len(items), **dict(enumerate(items))}
        case blocks.RichTextBlock():
            return rich_text(value.source, editor=block.editor, features=block.features)
        case blocks.StaticBlock():
            return ""
        case _:
            return block.field.prepare_value(block.value_for_form(value)) or ""


def words_of(page: Page) -> Iterator[tuple[str, Any]]:
    """The blocks of a page, without the ids that saving gives them."""
    for block in page.body.raw_data if isinstance(page, BodyPage) else ():
        yield block["type"], _without_ids(block["value"])


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        if set(value) == {"type", "value", "id"}:
            return _without_ids(value["value"])
        return {name: _without_ids(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_without_ids(item) for item in value]
    if isinstance(value, str):
        return LEFT_BY_THE_EDITOR.sub("", value).replace("&quot;", '"')
    return value
