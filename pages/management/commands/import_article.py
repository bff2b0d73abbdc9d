"""Import a written article into the library, as a draft."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from pages.importing.article import ParsedArticle, Refusal
from pages.importing.parsing import parse
from pages.importing.reading import STANDARD_INPUT, read_text
from pages.importing.saving import Outcome, Saved, find_library, page_at, save

HEADLINES = {
    Outcome.CREATED: "Imported",
    Outcome.UPDATED: "Updated; the draft before it stays in the page's history",
    Outcome.UNCHANGED: "Nothing new; the draft is the same as the file",
}


class Command(BaseCommand):
    help = "Imports an article from plain text or Markdown. The same file again updates its draft."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", help=f"the file, or {STANDARD_INPUT} for standard input")
        parser.add_argument("--publish", action="store_true", help="publish it at once")

    def handle(self, *, file: str, publish: bool, **options: object) -> None:
        try:
            text = read_text(file)
            library = find_library()
            article = parse(text, partial(page_at, library))
            saved = save(article, library, publish=publish)
        except Refusal as refusal:
            raise CommandError(str(refusal)) from None
        for line in _report(article, saved):
            self.stdout.write(line)


def _report(article: ParsedArticle, saved: Saved) -> Iterator[str]:
    """What the import did, for the person at the keyboard."""
    edit = reverse("wagtailadmin_pages:edit", args=[saved.page.pk])
    yield f"{HEADLINES[saved.outcome]}: {saved.page.draft_title}"
    yield f"  {_state(saved)}"
    yield f"  Edit it at {settings.WAGTAILADMIN_BASE_URL}{edit}"
    counts = {
        "Sections": article.sections,
        "paragraphs": article.paragraphs,
        "points": article.points,
    }
    yield "  " + ", ".join(f"{name}: {number}" for name, number in counts.items())
    for line, what in article.left_out:
        yield f"  Left out, line {line}: {what}"


def _state(saved: Saved) -> str:
    if saved.is_published:
        return "Published: visitors read it now."
    if saved.page.live:
        return "A draft: visitors read the published text until you publish it."
    return "A draft: visitors do not see it yet."
