"""The style page shows every component, and only to whoever works on the look."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from pages.blocks.body import PageBody

pytestmark = pytest.mark.usefixtures("planted")


def test_a_running_site_has_no_style_page(visitor):
    assert visitor.get(reverse("styleguide")).status_code == 404


def test_style_page_shows_every_block_and_the_form_with_its_errors(visitor, settings):
    settings.DEBUG = True
    shown = BeautifulSoup(visitor.get(reverse("styleguide")).text, "html.parser")
    headings = {heading.get_text() for heading in shown.select("main h2")}
    assert {str(block.label) for block in PageBody().child_blocks.values()} <= headings
    assert shown.select_one(".error-summary")
    assert shown.select_one(".pager")
