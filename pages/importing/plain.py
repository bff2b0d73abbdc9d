"""Plain text into Markdown, line by line, so that one path leads from there."""

import re
import string

from .lines import Group, groups_of, reads_like_heading

ITEM = re.compile(r"(?P<indent>\s*)(?:[-*•]|(?P<number>[1-9][0-9]{0,3})[.)])\s+(?P<words>\S.*)")
INDENT = " " * 6  # A point below "9999." belongs to it.
ESCAPED = str.maketrans({character: f"\\{character}" for character in string.punctuation})


def as_markdown(lines: list[str]) -> list[str]:
    """Markdown for plain text: the first line as title, headings, lists, all else word for word."""
    groups = groups_of(lines)
    markdown = [""] * len(lines)
    lists = _Lists()
    headings = _headings(lines, groups[1:])
    for group in groups:
        lists.begin_paragraph(lines[group[0]])
        for index in group:
            if index == groups[0][0]:
                markdown[index] = "# " + _escaped(lines[index])
            elif index in headings:
                markdown[index] = "## " + _escaped(lines[index])
            else:
                markdown[index] = _line(lines[index], lists)
    return markdown


def _headings(lines: list[str], groups: list[Group]) -> set[int]:
    """The lines that head a text: alone, like a heading, and with a paragraph after them."""
    alone = [len(group) == 1 and reads_like_heading(lines[group[0]]) for group in groups]
    headings = set()
    for n, group in enumerate(groups[:-1]):
        goes_on_list = n > 0 and _is_item(lines, groups[n - 1]) and _is_item(lines, group)
        if alone[n] and not alone[n + 1] and not goes_on_list:
            headings.add(group[0])
    return headings


def _is_item(lines: list[str], group: Group) -> bool:
    return ITEM.fullmatch(lines[group[0]]) is not None


def _line(line: str, lists: "_Lists") -> str:
    """One line of a paragraph or a list. A number that does not count on is part of the text."""
    item = ITEM.fullmatch(line)
    if item is None:
        return _escaped(line)
    number = int(item["number"]) if item["number"] else None
    depth = lists.depth_of(len(item["indent"]), number)
    if depth is None:
        return _escaped(line)
    mark = f"{number}." if number else "-"
    return f"{INDENT * depth}{mark} {_escaped(item['words'])}"


class _Lists:
    """The list that a line may go on with: for each depth, its indentation and its last number."""

    def __init__(self) -> None:
        self._levels: list[tuple[int, int]] = []

    def begin_paragraph(self, line: str) -> None:
        """Forget the list where a paragraph begins that is none of its points."""
        if ITEM.fullmatch(line) is None:
            self._levels = []

    def depth_of(self, indent: int, number: int | None) -> int | None:
        """How deep a point lies, or None for a number that does not count on."""
        outer = [level for level in self._levels if level[0] < indent]
        last = dict(self._levels).get(indent, 0)
        if number is not None and number != last + 1:
            return None
        self._levels = [*outer, (indent, number or 0)]
        return len(outer)


def _escaped(text: str) -> str:
    return text.strip().translate(ESCAPED)
