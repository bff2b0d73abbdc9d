"""axe finds nothing on any page and in any state of a form, by day and by night."""

from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from .axe import problems
from .places import CLOSED, PAGES, send_message, send_nothing

SCHEMES = pytest.mark.parametrize("scheme", ["light", "dark"])


@pytest.fixture
def narrow(page: Page, scheme: Literal["light", "dark"]) -> Page:
    """The narrowest phone that we serve, in a colour scheme."""
    page.set_viewport_size({"width": 320, "height": 640})
    page.emulate_media(color_scheme=scheme)
    return page


@SCHEMES
@pytest.mark.parametrize("path", [*PAGES, CLOSED])
def test_page_has_no_accessibility_problem(narrow: Page, path: str):
    narrow.goto(path)
    assert problems(narrow) == []


@SCHEMES
def test_form_with_errors_has_no_accessibility_problem(narrow: Page):
    send_nothing(narrow)
    expect(narrow.get_by_role("alert")).to_be_focused()
    assert problems(narrow) == []


@SCHEMES
def test_thanks_page_has_no_accessibility_problem(narrow: Page):
    send_message(narrow)
    expect(narrow.get_by_role("heading", name="What happens next")).to_be_visible()
    assert problems(narrow) == []
