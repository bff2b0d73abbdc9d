"""Wagtail's search in the database, for words as people type them."""

from collections.abc import Callable
from typing import Any

from wagtail.search.backends import database


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 - the name that Wagtail looks for
    """The backend for the configured database.

    SQLite takes a lone quotation mark for the beginning of a phrase and fails, on the site and in
    every list and chooser of the admin; so a mark counts as a space.
    """
    backend = database.SearchBackend(params)
    backend.search = _without_quotes(backend.search)
    backend.autocomplete = _without_quotes(backend.autocomplete)
    return backend


def _without_quotes(search: Callable[..., Any]) -> Callable[..., Any]:
    def searched(query: Any, *args: Any, **kwargs: Any) -> Any:
        words = query.replace('"', " ") if isinstance(query, str) else query
        return search(words, *args, **kwargs)

    return searched
