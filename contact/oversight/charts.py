"""Bar charts that the server draws. They stretch with the page; their text keeps its size."""

from typing import NamedTuple

from .figures import Tally


class Layout(NamedTuple):
    """Where things stand in the row of one bar: lengths in pixels, across in percent."""

    row: int
    label_y: int
    bar_y: int
    bar_x: int
    longest: int


# A short label stands beside its bar, a long one above: either reads on a phone.
BESIDE = Layout(row=24, label_y=17, bar_y=4, bar_x=20, longest=65)
ABOVE = Layout(row=48, label_y=18, bar_y=26, bar_x=0, longest=85)
BAR_HEIGHT = 16
BASELINE = 13  # From the top of a bar to the foot of the number behind it.


class Bar(NamedTuple):
    """One bar, as SVG wants it: y in pixels, x and width in percent."""

    label: str
    number: int
    label_y: int
    y: int
    width: int
    end: int
    number_y: int


class BarChart:
    """A chart and what stands in the table beside it."""

    bar_height = BAR_HEIGHT

    def __init__(self, key: str, title: str, column: str, tallies: list[Tally], layout: Layout):
        self.key, self.title, self.column = key, title, column
        self.tallies, self.layout = tallies, layout
        self.height = layout.row * len(tallies)

    @property
    def bars(self) -> list[Bar]:
        """The longest is as long as the layout allows; nothing has no bar, one always has some."""
        most = max((tally.number for tally in self.tallies), default=0)
        return [self._bar(row, tally, most) for row, tally in enumerate(self.tallies)]

    def _bar(self, row: int, tally: Tally, most: int) -> Bar:
        layout, top = self.layout, row * self.layout.row
        width = max(1, round(layout.longest * tally.number / most)) if tally.number else 0
        return Bar(
            label=tally.label,
            number=tally.number,
            label_y=top + layout.label_y,
            y=top + layout.bar_y,
            width=width,
            end=layout.bar_x + width,
            number_y=top + layout.bar_y + BASELINE,
        )
