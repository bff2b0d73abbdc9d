"""What in a text makes staff look twice. Nobody is refused for it."""

import re
import unicodedata

from .models import Suspicion

MOST_LINKS = 1  # One link may be the article that somebody asks about.
LINK = re.compile(r"https?://(?:www\.)?|\bwww\.", re.IGNORECASE)
# Markup that people do not type, and offers that practices get. No words of people in trouble:
# who lost money at a casino must not be taken for one who advertises it.
SHAPES = re.compile(
    r"<a\s|\[(?:url|link)\b|\bback\s?links?\b|\bguest posts?\b"
    r"|\bseo (?:services?|agency|experts?|company|specialists?|packages?)\b"
    r"|\bfirst page of google\b|\brank(?:ing)? (?:on|in) google\b|\bwebsite traffic\b"
    r"|\bweb(?:site)? (?:re)?design services?\b|\bforex\b",
    re.IGNORECASE,
)
# Scripts whose letters look alike, and the shortest word in which a mixture is no unit of measure.
LOOKALIKES = {"LATIN", "CYRILLIC", "GREEK"}
SHORTEST_MIXTURE = 4


def _mixes_scripts(word: str) -> bool:
    """Whether one word has letters of two scripts that look alike, as words do that hide."""
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in word}
    return len(scripts & LOOKALIKES) > 1


def content_suspicions(name: str, message: str) -> list[Suspicion]:
    """Why staff should look twice at a name and a message, in any language."""
    letters = re.findall(r"[^\W\d_]+", f"{name} {message}")
    words = (word for word in letters if len(word) >= SHORTEST_MIXTURE)
    found = {
        Suspicion.LINKS: LINK.search(name) or len(LINK.findall(message)) > MOST_LINKS,
        Suspicion.SPAM_WORDS: SHAPES.search(message),
        Suspicion.MIXED_SCRIPTS: any(map(_mixes_scripts, words)),
    }
    return [suspicion for suspicion, is_there in found.items() if is_there]
