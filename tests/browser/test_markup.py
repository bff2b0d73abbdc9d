"""Every kind of page and every state of a form is HTML and CSS without an error or a warning."""

from collections.abc import Callable

import pytest
from django.test import RequestFactory
from playwright.sync_api import APIRequestContext, APIResponse, Playwright

from contact.unsent import not_reached
from kapsite.errors import server_error

from .markup import findings_in
from .places import CLOSED, MESSAGE, PAGES


def sent(path: str, **form: str) -> Callable[[APIRequestContext], APIResponse]:
    return lambda browser: browser.post(path, form={**form})


# What is not simply an address that answers 200 is named: how it is reached, its status, its title.
STATES: dict[str, tuple[Callable[[APIRequestContext], APIResponse], int, str]] = {
    "contact with errors": (sent("/contact/", name=""), 200, "Error: "),
    "contact with a bad phone": (sent("/contact/", **MESSAGE | {"phone": "1"}), 200, "Error: "),
    "contact too long": (sent("/contact/", **MESSAGE | {"message": "a" * 1001}), 200, "Error: "),
    "thanks after sending": (sent("/contact/", **MESSAGE), 200, "Your message reached us"),
    "closed page": (lambda browser: browser.get(CLOSED), 200, "This page needs a password"),
    "no page": (lambda browser: browser.get("/nothing-here/"), 404, ""),
    "bad request": (lambda browser: browser.get("/search/?q=%00"), 400, ""),
    "forbidden": (sent("/admin/login/", username="ada"), 403, ""),
}
# These need a broken site, so they are taken from what sends them.
BROKEN = {
    "server error": lambda: server_error(RequestFactory().get("/")),
    "message not stored": lambda: not_reached(RequestFactory().post("/contact/", MESSAGE)),
}
NAMES = [*(path for path in PAGES if path != "/nothing-here/"), *STATES, *BROKEN]


def visit(browser: APIRequestContext, name: str) -> str:
    """The body of a page or state, as it is sent."""
    if name in BROKEN:
        return BROKEN[name]().content.decode()
    reach, status, title = STATES.get(name, (lambda browser: browser.get(name), 200, ""))
    answer = reach(browser)
    assert answer.status == status, name
    assert f"<title>{title}" in answer.text(), name
    return answer.text()


@pytest.fixture(scope="session")
def findings(
    playwright: Playwright, base_url: str, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What the checker finds, by the name of the page or state."""
    folder = tmp_path_factory.mktemp("markup")
    browser = playwright.request.new_context(base_url=base_url)
    for number, name in enumerate(NAMES):
        (folder / f"{number}.html").write_text(visit(browser, name), encoding="utf-8")
    browser.dispose()
    found = findings_in(folder)
    return {name: found[str(number)] for number, name in enumerate(NAMES)}


@pytest.mark.parametrize("name", NAMES)
def test_markup_and_style_are_correct(findings: dict[str, list[str]], name: str):
    assert findings[name] == []


def test_checker_looks_into_the_style_sheet(findings, tmp_path):
    page = "<!doctype html><html lang=en><title>A</title><style>a{colour:red}</style><p>Words</p>"
    (tmp_path / "wrong.html").write_text(page)
    assert "colour" in findings_in(tmp_path)["wrong"][0]
