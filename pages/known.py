"""What every request asks for and only a change of the site changes, kept in memory.

The page cache says in the request which version of the site it belongs to. Requests of staff have
none: whoever has just changed something looks it up anew.
"""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from django.http import HttpRequest

VERSION = "kapsite.version"  # In the WSGI environment.

# The frame takes four for each page at the top of the tree. Without an end, somebody could send
# posts to a hundred thousand pages, none of which takes any.
MOST = 100

Fact = TypeVar("Fact")

# Of one version at a time. Whoever is still busy with an earlier one has its facts in hand.
_facts: dict[Hashable, dict[str, object]] = {}


def known(request: HttpRequest, name: str, find: Callable[[], Fact]) -> Fact:
    """What `find` has found for this version of the site, in this process.

    It is shared by all threads, so nobody may change it.
    """
    version = request.META.get(VERSION)
    if version is None:
        return find()
    facts = _facts.get(version)
    if facts is None:
        _facts.clear()
        facts = _facts.setdefault(version, {})
    if name in facts:
        return cast(Fact, facts[name])
    found = find()
    if len(facts) < MOST:
        facts[name] = found
    return found
