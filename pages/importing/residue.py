"""What a web page leaves behind when its text is copied: links to other pages, picture texts.

A line goes only where it cannot be part of the article; where that is not sure, it stays. What goes
leaves an empty line, so that the numbers of the lines stay as they are in the file.
"""

from collections.abc import Iterator
from itertools import takewhile

from .article import LeftOut
from .lines import ENDS_A_SENTENCE, Group, groups_of, reads_like_heading, words_of

WAYS = ("newer", "next", "older", "prev", "previous")
THINGS = ("article", "page", "post")
PAGER = {"back", "next", "prev", "previous"} | {
    f"{way} {thing}" for way in WAYS for thing in THINGS
}
CONTACT = {"contact", "contact me", "contact us", "get in touch"}
READING = {"continue reading", "learn more", "read more"}
SHARING = {"share"} | {
    f"share {what}" for what in ("this", "this article", "this page", "this post")
}
SITE = {
    "back to top",
    "home",
    "log in",
    "menu",
    "search",
    "sign in",
    "skip to content",
    "subscribe",
}
NAVIGATION = PAGER | CONTACT | READING | SHARING | SITE
LEADS_ON = tuple(":,;—")
MAX_TITLE_WORDS = 20
MAX_PICTURE_WORDS = 8


def without_residue(lines: list[str]) -> tuple[list[str], list[LeftOut]]:
    """`lines` with empty lines in place of residue, and what was residue."""
    groups = groups_of(lines)
    navigation = {index for group in groups for index in _navigation(lines, group)}
    found = dict.fromkeys(navigation, "navigation")
    found |= dict.fromkeys(_pager_titles(lines, groups, navigation), "title of another page")
    found |= dict.fromkeys(_picture_texts(lines, groups, navigation), "description of a picture")
    kept = ["" if index in found else line for index, line in enumerate(lines)]
    left_out = [LeftOut(i + 1, f"{found[i]} “{lines[i].strip()}”") for i in sorted(found)]
    return kept, left_out


def _navigation(lines: list[str], group: Group) -> Iterator[int]:
    """The lines at the end of a paragraph that lead elsewhere, if its sentence ends before them."""
    tail = list(takewhile(lambda i: _is_one_of(NAVIGATION, lines[i]), reversed(group)))
    rest = group[: len(group) - len(tail)]
    if not rest or lines[rest[-1]].rstrip().endswith(ENDS_A_SENTENCE):
        yield from tail


def _pager_titles(lines: list[str], groups: list[Group], navigation: set[int]) -> Iterator[int]:
    """The titles of other pages after "Next" or "Previous", at the very end of the text."""
    for before, group in zip(reversed(groups[:-1]), reversed(groups[1:]), strict=True):
        if navigation.issuperset(group):
            continue
        follows_pager = before[-1] in navigation and _is_one_of(PAGER, lines[before[-1]])
        if not (follows_pager and _is_title(lines, group)):
            return
        yield group[0]


def _picture_texts(lines: list[str], groups: list[Group], navigation: set[int]) -> Iterator[int]:
    """Short lower-case lines after the first paragraph, each on its own among real paragraphs."""
    paragraphs = [group for group in groups if not navigation.issuperset(group)]
    describes = [False, *(_describes_picture(lines, group) for group in paragraphs[1:]), False]
    for n, group in enumerate(paragraphs):
        has_neighbours = describes[n - 1] or describes[n + 1]
        if describes[n] and not has_neighbours and not _leads_on(lines, paragraphs[n - 1]):
            yield group[0]


def _describes_picture(lines: list[str], group: Group) -> bool:
    line = lines[group[0]]
    words = words_of(line)
    return (
        len(group) == 1
        and (line[0].isalpha() or line.startswith("!["))
        and words.islower()
        and len(words.split()) <= MAX_PICTURE_WORDS
        and all(character.isalpha() or character in " -'\u2019," for character in words)
    )


def _leads_on(lines: list[str], group: Group) -> bool:
    """Whether a paragraph ends in the middle of its sentence, so that the next is part of it."""
    return lines[group[-1]].rstrip().endswith(LEADS_ON)


def _is_one_of(phrases: set[str], line: str) -> bool:
    return words_of(line).casefold() in phrases


def _is_title(lines: list[str], group: Group) -> bool:
    return len(group) == 1 and reads_like_heading(words_of(lines[group[0]]), MAX_TITLE_WORDS)
