"""What can be told of a text from its lines alone."""

import re
from itertools import groupby

Group = list[int]

LONE_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
ARROWS = " |«»←→\u2039\u203a"
MAX_HEADING_WORDS = 12
MAX_HEADING_LENGTH = 120  # As HeadingBlock has it.
NEVER_ENDS_A_HEADING = tuple(".!:;,")
ENDS_A_SENTENCE = tuple(".!?:…\"'”\u2019)]")


def groups_of(lines: list[str]) -> list[Group]:
    """The paragraphs of `lines`: runs of lines with something in them, as lists of indexes."""
    runs = groupby(range(len(lines)), key=lambda index: bool(lines[index].strip()))
    return [list(indexes) for has_text, indexes in runs if has_text]


def words_of(line: str) -> str:
    """The words of a line, out of the arrows around it and the Markdown link or picture it is."""
    link = LONE_LINK.fullmatch(_bare(line))
    return " ".join(_bare(link[1] if link else line).split())


def _bare(line: str) -> str:
    # A ">" in front is the mark of a quotation.
    return line.strip(ARROWS).lstrip("<").rstrip(">").strip(ARROWS)


def reads_like_heading(line: str, max_words: int = MAX_HEADING_WORDS) -> bool:
    """Whether a line that stands alone could be a heading. A question could."""
    line = line.strip()
    return (
        (line[:1].isupper() or line[:1].isdigit())
        and len(line) <= MAX_HEADING_LENGTH
        and len(line.split()) <= max_words
        and not line.endswith(NEVER_ENDS_A_HEADING)
    )
