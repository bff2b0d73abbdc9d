"""The picture that stands for a page where somebody shares it, drawn from the page's words.

Only drawing: words go in, a PNG comes out. The ground is a drawing of its own; the font is that
of the pages.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

WIDTH, HEIGHT = 1200, 630
MARGIN = 72
MEASURE = 712  # Pixels for words between the margin and the wall of the drawing.
TOP, BOTTOM = 150, 490  # The title's share of the height: air above and below it.
SIZES = (76, 68, 60, 54, 48, 42, 36)  # Of the title, the largest that fits.
SMALL = 30
INK, GREEN = "#1F2A2E", "#1E5B57"
COLOURS = 96  # More make the file larger and nobody sees them.
DESIGN = 3  # Count on when the drawing changes: every card then has a new address.
KEPT = 128  # Cards that a process remembers: some 25 KB each.
# What editors' programs put in and our font lacks, and the plain sign that says the same.
PLAIN = {
    "\N{HYPHEN}": "-",
    "\N{NON-BREAKING HYPHEN}": "-",
    "\N{FIGURE DASH}": "-",
    "\N{HORIZONTAL BAR}": "\N{EM DASH}",
    "\N{MINUS SIGN}": "-",
    "\N{RIGHTWARDS ARROW}": "\N{EN DASH}",
    "≤": "<=",
    "≥": ">=",
}

GROUND = Path(__file__).parent / "drawings" / "social-card.png"
FONT = Path(settings.STATICFILES_DIRS[0]) / "fonts" / "figtree-latin-wght-normal.woff2"

Shape = tuple[tuple[int, int], bytes]  # Width and height, and a byte a pixel.


@dataclass(frozen=True)
class Words:
    """What a card says. An empty one leaves no gap."""

    title: str
    topic: str = ""
    practice: str = ""

    @property
    def digest(self) -> str:
        """Sixteen hexadecimal digits that change with everything that is drawn."""
        drawn = json.dumps([DESIGN, *astuple(self)])
        return hashlib.sha256(drawn.encode()).hexdigest()[:16]


@lru_cache(maxsize=KEPT)
def draw(words: Words) -> bytes:
    """The card as a PNG. A text with a letter that our font lacks is left out: no boxes."""
    with Image.open(GROUND) as ground:
        card = ground.convert("RGB")
    pen = ImageDraw.Draw(card)
    _line(pen, words.topic, top=MARGIN, fill=GREEN)
    _title(pen, words.title)
    _line(pen, words.practice, top=HEIGHT - MARGIN - SMALL, fill=INK)
    file = BytesIO()
    card.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


def _line(pen: ImageDraw.ImageDraw, text: str, *, top: int, fill: str) -> None:
    """One line of small words, cut short where it would leave the measure."""
    font = _font(SMALL, weight=600)
    lines = _wrapped(_drawable(text, font), font)
    pen.text((MARGIN, top), _cut(lines, 1, font)[0] if lines else "", font=font, fill=fill)


def _title(pen: ImageDraw.ImageDraw, text: str) -> None:
    """The title in the largest size that fits, in the middle of its share of the height."""
    title = _drawable(text, _font(SIZES[0], weight=700))
    for size in SIZES:
        font = _font(size, weight=700)
        lines = _wrapped(title, font)
        leading = round(size * 1.2)
        most = (BOTTOM - TOP) // leading
        if len(lines) <= most and all(font.getlength(word) <= MEASURE for word in title.split()):
            break
    lines = _cut(lines, most, font)
    top = TOP + (BOTTOM - TOP - leading * len(lines)) // 2
    for number, line in enumerate(lines):
        pen.text((MARGIN, top + number * leading), line, font=font, fill=INK)


def _font(size: int, *, weight: int) -> ImageFont.FreeTypeFont:
    """The pages' font in so many pixels."""
    font = ImageFont.truetype(FONT, size)
    font.set_variation_by_axes([weight])
    return font


def _drawable(text: str, font: ImageFont.FreeTypeFont) -> str:
    """The text in letters of the font. What it lacks becomes plainer or goes, such as an emoji;
    of a text with a letter or a digit that has to go, nothing stays."""
    lacking = _shape("\U0010ffff", font)  # No font has a letter for it.
    shown = ""
    for sign in unicodedata.normalize("NFC", " ".join(text.split())):
        plain = sign
        if _shape(sign, font) == lacking:
            plain = PLAIN.get(sign) or unicodedata.normalize("NFKC", sign)
        if all(_is_shown(part, lacking, font) for part in plain):
            shown += plain
        elif unicodedata.category(sign)[0] in "LN":
            return ""
    return " ".join(shown.split())


def _is_shown(sign: str, lacking: Shape, font: ImageFont.FreeTypeFont) -> bool:
    """Whether the font has a shape for the sign, and it is no control or variation of another."""
    return unicodedata.category(sign)[0] not in "CM" and _shape(sign, font) != lacking


def _shape(letter: str, font: ImageFont.FreeTypeFont) -> Shape:
    mask = font.getmask(letter)
    return mask.size, bytes(mask)


def _wrapped(text: str, font: ImageFont.FreeTypeFont) -> list[str]:
    """The text in lines that keep within the measure."""
    lines: list[str] = []
    for word in text.split():
        for part in _parts(word, font):
            joined = f"{lines[-1]} {part}" if lines else part
            if lines and font.getlength(joined) <= MEASURE:
                lines[-1] = joined
            else:
                lines.append(part)
    return lines


def _parts(word: str, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """The word, in pieces with a hyphen if it is wider than a line."""
    while font.getlength(word) > MEASURE:
        ends = range(len(word) - 1, 0, -1)
        end = next(n for n in ends if font.getlength(word[:n] + "-") <= MEASURE)
        yield word[:end].rstrip("-") + "-"
        word = word[end:]
    yield word


def _cut(lines: list[str], most: int, font: ImageFont.FreeTypeFont) -> list[str]:
    """At most so many lines. The last one says with an ellipsis that there was more."""
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while font.getlength(last + "…") > MEASURE:
        last = last[:-1]
    return [*lines[: most - 1], last.rstrip() + "…"]
