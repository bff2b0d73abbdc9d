"""Starts Wagtail's widgets without a script in the page.

Wagtail writes a small script behind each chooser, date and list of forms in a page of the admin. A
policy that lets these run would let any other run that gets into a page. So each of them leaves a
`<template>` with the name of what is to be started and what it is given; `static/js/admin/start.js`
does the rest, and knows by name what may be started. The templates that do so are in
`templates/wagtailadmin/widgets/` and `panels/`; choosers have no template for it, hence this.

A nonce would not do: many of these widgets come in a later answer, whose nonce is another one.
"""

import json
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail.admin.widgets import BaseChooser
from wagtail.admin.widgets.workflows import AdminTaskChooser


def render(
    self: BaseChooser,
    name: str,
    value: Any,
    attrs: dict[str, Any] | None = None,
    renderer: Any = None,
) -> SafeString:
    """The chooser's markup and what is to be started for it. `attrs` must have an `id`."""
    assert attrs  # noqa: S101 - Wagtail asks the same
    value_data = self.get_value_data(value)
    given: list[Any] = [attrs["id"]]
    if isinstance(self, AdminTaskChooser):
        start = "createTaskChooser"
    else:
        start = self.js_constructor
        given.append(self.get_js_init_options(attrs["id"], name, value_data))
    return format_html(
        '{}<template data-start="{}" data-with="{}"></template>',
        self.render_html(name, value_data, attrs),
        start,
        json.dumps(given),
    )


def quieten_choosers() -> None:
    """Let every chooser of Wagtail's be rendered without a script."""
    BaseChooser.render = render
