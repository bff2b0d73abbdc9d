"""What a visitor sees and can hit on a page, as the browser has laid it out."""

from pathlib import Path
from typing import Any

from playwright.sync_api import Page

SCRIPT = Path(__file__).with_name("looking.js").read_text()


def look(page: Page, name: str, *arguments: Any) -> Any:
    """The answer of one of the functions at the end of `looking.js`."""
    page.evaluate(SCRIPT)
    return page.evaluate("([name, rest]) => window.looking[name](...rest)", [name, list(arguments)])
