"""What has to be reached: one row of the table for each target, as data."""

from typing import Literal, NamedTuple


class Target(NamedTuple):
    """Two figures whose medians are divided, and what has to come out."""

    what: str
    first: str
    second: str
    bound: Literal["at least", "at most", ""] = ""
    limit: float = 0
    unit: str = "/s"

    @property
    def words(self) -> str:
        """The target as it is printed; rows without one are there to compare."""
        return f"{self.bound} {self.limit:g}" if self.bound else "none"

    def is_reached_by(self, ratio: float) -> bool:
        """Whether a ratio reaches it, as it is and not as it is rounded."""
        if self.bound == "at least":
            return ratio >= self.limit
        return not self.bound or ratio <= self.limit


INBOX = "inbox's first page at 1,000,000 inquiries / at 1,000"
SEARCH = "search by e-mail at 1,000,000 / at 1,000"

# `first` and `second` are names of what `bench` measures. A row without a second figure compares
# the first with the limit itself.
TARGETS = (
    Target("article from our gunicorn / hello of the same bytes", "ours", "hello",
           "at least", 0.75),
    Target("article from our gunicorn / stock Wagtail", "ours", "stock", "at least", 25),
    Target("article through our nginx / nginx with a plain file", "ours by nginx", "file by nginx",
           "at least", 0.85),
    Target("article / Wagtail behind Django's cache in memory", "ours", "stock, memory",
           "at least", 2),
    Target("article / Wagtail behind Django's cache in files", "ours", "stock, files"),
    Target("304 answers / full answers", "ours, 304", "ours", "at least", 1),
    Target("uncached: an article of ours / stock Wagtail's, of the same blocks",
           "same words, uncached", "stock, uncached", "at least", 1),
    Target("uncached: our own article with cards, sources and pictures / stock Wagtail's",
           "ours, uncached", "stock, uncached"),
    Target("inquiries stored / stock Wagtail's form page, none there yet",
           "inquiries at 0", "form page at 0", "at least", 1.5),
    Target("inquiries stored / stock Wagtail's form page, 100,000 there",
           "inquiries at 100,000", "form page at 100,000", "at least", 1.5),
    Target("the same / form page on SQLite set like ours, none there yet",
           "inquiries at 0", "form page in WAL at 0"),
    Target("the same / form page on SQLite set like ours, 100,000 there",
           "inquiries at 100,000", "form page in WAL at 100,000"),
    Target(INBOX, "inbox at 1,000,000", "inbox at 1,000", "at most", 2, "ms"),
    Target(SEARCH, "search at 1,000,000", "search at 1,000", "at most", 2, "ms"),
    Target("uncached article at 100,000 pages / at 10 (time)",
           "uncached at 100,000", "uncached at 10", "at most", 1.3, "ms"),
    Target("the same of stock Wagtail (time)", "stock at 100,000", "stock at 10", unit="ms"),
    Target("memory: web, worker and clock (MB)", "memory", "", "at most", 350, "MB"),
)  # fmt: skip
