"""What axe finds on a page."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Rules that axe leaves out unless they are asked for. Wagtail's own check of a page asks too. Two
# are not here, for what is Wagtail's own in the admin: "label-content-name-mismatch" (its script
# names the link around our brand) and "td-has-header" (the list of pages on the first screen).
EXPERIMENTAL = (
    "css-orientation-lock",
    "focus-order-semantics",
    "hidden-content",
    "p-as-heading",
    "table-fake-caption",
)
OPTIONS = {
    "resultTypes": ["violations"],
    "rules": {rule: {"enabled": True} for rule in EXPERIMENTAL},
}


def problems(page: Page) -> list[str]:
    """What axe finds on the page, experimental rules included, one line a finding."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{rule['id']}: {node['html'][:120]}" for rule in found for node in rule["nodes"]]
