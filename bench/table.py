"""The table: medians, ratios, targets, and whether they were reached."""

import statistics
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from .targets import TARGETS, Target

Figures = Mapping[str, list[float]]

BEGIN, END = "<!-- The table begins: make bench writes it. -->", "<!-- The table ends. -->"
HEAD = ("what", "first", "second", "ratio", "target", "reached")
RIGHT = {"first", "second", "ratio"}


class Row(NamedTuple):
    """A target with the medians of its two figures; None stands for what was not measured."""

    target: Target
    first: float | None
    second: float | None

    @property
    def ratio(self) -> float | None:
        """The first median divided by the second; without a second figure, the first."""
        if self.first is None:
            return None
        if not self.target.second:
            return self.first
        return self.first / self.second if self.second else None

    @property
    def reached(self) -> bool | None:
        """Whether the target was reached; None when it was not measured."""
        return None if self.ratio is None else self.target.is_reached_by(self.ratio)

    def cells(self) -> tuple[str, ...]:
        """The row as it is printed, in the order of `HEAD`."""
        alone = not self.target.second
        ratio = "" if alone or self.ratio is None else f"{self.ratio:.2f}"
        second = "" if alone else _figure(self.second, self.target.unit)
        first = _figure(self.first, self.target.unit)
        return (self.target.what, first, second, ratio, self.target.words, self._verdict())

    def _verdict(self) -> str:
        if self.reached is None:
            return "not measured"
        return ("reached" if self.reached else "MISSED") if self.target.bound else ""


def _figure(value: float | None, unit: str) -> str:
    if value is None:
        return "-"
    return f"{value:,.{0 if value >= 100 else 1}f} {unit}"


def rows_of(figures: Figures, targets: Iterable[Target] = TARGETS) -> list[Row]:
    """A row for each target from what was measured, one value a round."""
    medians = {name: statistics.median(values) for name, values in figures.items() if values}
    return [Row(t, medians.get(t.first), medians.get(t.second)) for t in targets]


def missed(rows: Iterable[Row]) -> list[Row]:
    """The rows whose target was measured and not reached."""
    return [row for row in rows if row.reached is False]


def as_text(rows: Iterable[Row]) -> str:
    """The table for a terminal."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if name in RIGHT else cell.ljust(width)
            for name, cell, width in zip(HEAD, line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def as_markdown(rows: Iterable[Row]) -> str:
    """The table for a document."""
    rule = tuple("---:" if name in RIGHT else "---" for name in HEAD)
    lines = [HEAD, rule, *(row.cells() for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def spread(figures: Figures) -> str:
    """Every figure with its median, least and most, for the doubtful reader."""
    return "\n".join(
        f"{name:28}{statistics.median(values):12,.1f}{min(values):12,.1f}{max(values):12,.1f}"
        for name, values in figures.items()
        if values
    )


def write_between_markers(document: Path, text: str) -> None:
    """Put `text` between the two markers of a document. Raises ValueError without them."""
    before, begin, rest = document.read_text(encoding="utf-8").partition(BEGIN)
    _old, end, after = rest.partition(END)
    if not (begin and end):
        raise ValueError(f"{document} does not hold the two markers of the table.")
    document.write_text(f"{before}{BEGIN}\n\n{text}\n\n{END}{after}", encoding="utf-8")
