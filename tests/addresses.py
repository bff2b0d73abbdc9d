"""Every address of the project, from its list of routes."""

import uuid
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from django.urls import URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, PathConverter, SlugConverter, UUIDConverter
from django.urls.resolvers import RegexPattern, RoutePattern

METHODS = ("get", "head", "options", "post", "put", "patch", "delete")
SAMPLES: dict[type, object] = {
    IntConverter: 1,
    SlugConverter: "x",
    PathConverter: "x",
    UUIDConverter: uuid.UUID(int=1),
}


def samples(pattern: RoutePattern | RegexPattern) -> dict[str, object]:
    """A value for each argument of a pattern."""
    kinds = pattern.converters
    return {key: SAMPLES.get(type(kinds.get(key)), 1) for key in pattern.regex.groupindex}


def below(
    patterns: list[Any],
    spaces: tuple[str, ...] = (),
    given: Mapping[str, object] = MappingProxyType({}),
) -> Iterator[tuple[str, dict[str, object]]]:
    """The full name of every named route, and a value for each of its arguments."""
    for entry in patterns:
        values = {**given, **samples(entry.pattern)}
        if isinstance(entry, URLResolver):
            inner = (*spaces, entry.namespace) if entry.namespace else spaces
            yield from below(entry.url_patterns, inner, values)
        elif entry.name:
            yield ":".join([*spaces, entry.name]), values


# Routes whose arguments have no names, and the one that wants a certain ending.
UNNAMED: dict[str, tuple[object, ...]] = {
    "wagtailadmin_pages:revisions_compare": (1, "live", "latest"),
    "wagtaildocs_serve": (1, "x"),
    "wagtail_serve": ("contact/",),
}
NAMED: dict[str, dict[str, object]] = {"drawing": {"path": "x.svg"}}
ADDRESSES = {
    name: reverse(name, args=UNNAMED.get(name), kwargs=NAMED.get(name, values) or None)
    for name, values in below(get_resolver().url_patterns)
}
OF_THE_ADMIN = {name: path for name, path in ADDRESSES.items() if path.startswith("/admin/")}
