"""Every address of the project, for every role, by every method."""

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from contact.models import Inquiry
from tests.addresses import ADDRESSES, METHODS, OF_THE_ADMIN, UNNAMED, below

from .sign_in.test_gate import OPEN

# They may end the session or the account that asks, so they come last.
LEAVING = {"people:access", "sign_out", "wagtailadmin_logout", "wagtailusers_users:delete"}
# One's own account is there for whoever has one.
OWN = {name for name in OF_THE_ADMIN if name.startswith("mfa_")} | {
    "account_reauthenticate",
    "sign_out_everywhere",
}
# The contact form asks for no token, on purpose: see `contact/views.py`.
WITHOUT_TOKEN = {"wagtail_serve"}
CLOSED = set(OF_THE_ADMIN) - OPEN - OWN
STRANGERS = {"visitor", "outsider"}
ROLES = ("visitor", "outsider", "editor", "reviewer", "triager", "owner")
# Views of Wagtail's that take for granted what their own pages send, and say 500 to anything else.
OF_WAGTAIL = {
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_error_test",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:set_page_position",
    "wagtailadmin_pages:unlock",
    "wagtailredirects:process_import",
    "wagtailsnippetchoosers_pages_clinician:create",
    "wagtailsnippetchoosers_pages_series:create",
    "wagtailsnippetchoosers_pages_source:create",
    "wagtailsnippetchoosers_pages_topic:create",
}
PRIVATE = "xyzzy"
CHANGING = ("post", "put", "patch", "delete")

# Which database it is makes no difference to any of this.
pytestmark = [pytest.mark.usefixtures("planted"), pytest.mark.once]


def answers(browser: Client, names, methods=METHODS):
    """What each address answers to each method."""
    browser.raise_request_exception = False
    for name in sorted(names, key=lambda name: (name in LEAVING, name)):
        for method in methods:
            yield name, method, getattr(browser, method)(ADDRESSES[name])


@pytest.mark.parametrize("role", ROLES)
def test_nothing_breaks_and_the_admin_is_closed_to_who_has_no_part_in_it(role, request):
    """A role gets an answer, a refusal or a "not found", and never an error of ours."""
    browser = request.getfixturevalue(role)
    broken, opened = [], []
    for name, method, answer in answers(browser, ADDRESSES):
        if answer.status_code >= 500 and name not in OF_WAGTAIL:
            broken.append((name, method))
        if name in CLOSED and answer.status_code not in (302, 403, 404, 405):
            opened.append((name, method))
    assert broken == []
    assert opened == [] or role not in STRANGERS


def everything() -> dict[str, int]:
    """How many rows each table has."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        counts = {}
        for name in names:
            cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(name)}")  # noqa: S608
            counts[name] = cursor.fetchone()[0]
    return counts


def test_no_change_without_our_token(owner):
    """A form on another site can make a browser send anything but the token."""
    strict = Client(enforce_csrf_checks=True, raise_request_exception=False)
    strict.cookies = owner.cookies
    assert strict.get("/admin/").status_code == 200
    before = everything()
    taken = [
        (name, method, answer.status_code)
        for name, method, answer in answers(strict, set(ADDRESSES) - WITHOUT_TOKEN, CHANGING)
        if answer.status_code not in (403, 404, 405)
    ]
    assert taken == []
    assert everything() == before


# What another site would put behind an address of ours, by the names that frameworks read.
ELSEWHERE = dict.fromkeys(
    ("next", "url", "return", "return_to", "return_url", "redirect", "redirect_to", "success_url"),
    "//evil.example/",
)


@pytest.mark.parametrize("role", ["visitor", "owner"])
def test_no_address_sends_anybody_to_another_site(role, request):
    browser = request.getfixturevalue(role)
    browser.raise_request_exception = False
    away = []
    for name, path in sorted(ADDRESSES.items()):
        if name in LEAVING:
            continue
        for answer in (browser.get(path, ELSEWHERE), browser.post(path, ELSEWHERE)):
            if urlsplit(answer.get("Location", "")).netloc not in ("", "testserver"):
                away.append((name, answer["Location"]))
    assert away == []


@pytest.fixture
def inquiry(db) -> Inquiry:
    return Inquiry.objects.create(
        name=f"{PRIVATE} name", email=f"{PRIVATE}@example.org", message=f"{PRIVATE} words"
    )


def addresses_of(number: object) -> Iterator[tuple[str, str]]:
    """Every address that takes a number or a name, with this one in it."""
    for name, values in below(get_resolver().url_patterns):
        with suppress(NoReverseMatch):
            if values:
                yield name, reverse(name, kwargs=dict.fromkeys(values, number))
            elif name in UNNAMED:
                yield name, reverse(name, args=[number] * len(UNNAMED[name]))


@pytest.mark.parametrize("role", ["visitor", "outsider", "editor", "reviewer"])
def test_number_of_an_inquiry_opens_nothing_to_who_may_not_read_it(role, inquiry, request):
    """Also not through Wagtail's own screens: history, usage, choosers, comparisons, reports."""
    browser = request.getfixturevalue(role)
    browser.raise_request_exception = False
    asked = [*addresses_of(inquiry.pk), *addresses_of(inquiry.reference)]
    assert len(asked) > 40  # A UUID, and what visitors call it: few routes take either.
    shown = [
        (name, method)
        for name, path in asked
        for method in ("get", "post")
        if name not in LEAVING and PRIVATE.encode() in getattr(browser, method)(path).getvalue()
    ]
    assert shown == []
    assert Inquiry.objects.get(pk=inquiry.pk).message == f"{PRIVATE} words"


def test_number_of_an_inquiry_opens_it_to_who_may_read_it(inquiry, triager):
    """So that the test above cannot pass for another reason."""
    [path] = [path for name, path in addresses_of(inquiry.pk) if name == "inquiry:inspect"]
    assert PRIVATE.encode() in triager.get(path).content
