"""What can be read is clear, and what can be hit is large enough."""

import pytest
from playwright.sync_api import Page

from .looking import look
from .places import CLOSED, PAGES, send_nothing

TEXT = "p, li, dd, dt, td, th, label, legend, figcaption"
TARGETS = "a, button, input:not([type=hidden]), select, textarea, summary"
# What somebody hits first of all: buttons, the menu, crisis lines, and the parts of forms.
PRIMARY = "button, .button, header nav a, a[href^='tel:'], a[href^='sms:']"
PRIMARY += ", input:not([type=hidden]), select, textarea, summary"


def faint_by_day_and_night(page: Page) -> list[str]:
    found = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found += [f"{scheme} {text}" for text in look(page, "faint", TEXT, 7)]
    return found


@pytest.mark.parametrize("path", [*PAGES, CLOSED])
def test_text_has_a_contrast_of_seven(page: Page, path: str):
    page.goto(path)
    assert faint_by_day_and_night(page) == []


def test_text_of_a_form_with_errors_has_a_contrast_of_seven(page: Page):
    send_nothing(page)
    assert faint_by_day_and_night(page) == []


@pytest.mark.parametrize("path", [*PAGES, CLOSED])
def test_target_is_large_enough(page: Page, path: str):
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(path)
    assert look(page, "small", TARGETS, 24, 24) == []
    assert look(page, "small", PRIMARY, 24, 44) == []


def test_target_in_a_form_with_errors_is_large_enough(page: Page):
    page.set_viewport_size({"width": 390, "height": 844})
    send_nothing(page)
    assert look(page, "small", TARGETS, 24, 24) == []
    assert look(page, "small", PRIMARY, 24, 44) == []
