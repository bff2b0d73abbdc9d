"""Publish the article, from the blocks in a file, and the form page."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from home.models import HomePage

from articles.models import ArticlePage, FormField, FormPage

FIELDS = (("Name", "singleline"), ("Email", "email"), ("Message", "multiline"))


class Command(BaseCommand):
    """`fill BLOCKS.json`."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("blocks", type=Path)

    def handle(self, *args: Any, blocks: Path, **options: Any) -> None:
        kinds = json.loads(blocks.read_text(encoding="utf-8"))
        body = [{"type": kind, "value": value} for kind, value in kinds]
        home = HomePage.objects.get()
        home.add_child(instance=ArticlePage(title="How safe is KAP?", slug="article", body=body))
        page = home.add_child(instance=FormPage(title="Contact", slug="contact"))
        for order, (label, kind) in enumerate(FIELDS):
            FormField.objects.create(
                page=page, sort_order=order, label=label, field_type=kind, clean_name=label.lower()
            )
