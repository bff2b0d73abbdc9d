"""Who is about to take data out or change who gets in shows once more that it is them.

A screen that was left open is enough to read; it is not enough to export, to erase a person's
data, to change people and their rights, or to change the second step of an account.
"""

import time
from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import suspend_request
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch

FRESH_SECONDS = 15 * 60
# So far may the clocks of two web machines be apart. What is later than that was written down by a
# clock that was ahead and has been put right, and proves nothing.
CLOCKS_DIFFER = 60
SIGNED_IN_AT = "signed_in_at"
# What wants a fresh proof: whole parts of the admin, and single addresses.
PARTS = {"inquiry_records", "wagtailusers_users", "wagtailusers_groups", "people"}
ACCOUNTS = {"kapsite", "auth"}  # The apps whose rows are changed in bulk only by whoever is fresh.


def note_sign_in(request: HttpRequest, **kwargs: Any) -> None:
    """Remember in the session when it began."""
    request.session[SIGNED_IN_AT] = time.time()


def connect() -> None:
    """Note sign-ins from now on. Called once, when the app is ready."""
    user_logged_in.connect(note_sign_in)


def last_proof(request: HttpRequest) -> float:
    """When, in seconds since 1970, this person last gave a password or a second step."""
    proofs = get_authentication_records(request, request.user)
    times = [proof["at"] for proof in proofs if proof.get("reauthenticated")]
    return max([request.session.get(SIGNED_IN_AT, 0), *times])


def is_fresh(request: HttpRequest) -> bool:
    """Whether that was within the last quarter of an hour."""
    return -CLOCKS_DIFFER < time.time() - last_proof(request) < FRESH_SECONDS


def _asks_for_it(match: ResolverMatch) -> bool:
    if match.url_name == "wagtail_bulk_action":
        return match.kwargs.get("app_label") in ACCOUNTS
    return bool(PARTS.intersection(match.namespaces))


class AskAgain:
    """Sends whoever is not fresh to the password first, and then on to what they wanted.

    What they were about to send waits in the sealed session.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponseBase],
        arguments: tuple[Any, ...],
        named: dict[str, Any],
    ) -> HttpResponse | None:
        match = request.resolver_match
        if match is None or not _asks_for_it(match) or not request.user.is_authenticated:
            return None
        methods = get_adapter().get_reauthentication_methods(request.user)
        if is_fresh(request) or not methods:
            return None
        return suspend_request(request, methods[0]["url"])
