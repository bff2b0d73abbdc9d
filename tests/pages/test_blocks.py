"""Every block renders from its preview and from its required values alone, without residue."""

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail import blocks
from wagtail.admin.icons import get_icons
from wagtail.images.blocks import ImageChooserBlock
from wagtail.rich_text import RichText

from pages.blocks.body import ArticleBody, PageBody
from pages.blocks.links import LinkBlock
from pages.blocks.practice import CrisisLineBlock, OpeningHoursBlock
from pages.models import PracticeImage, PracticeSettings
from pages.styles import style_sheet
from pages.texts import PageTexts

from .residue import residue_in

BLOCKS = {**ArticleBody().child_blocks, **PageBody().child_blocks}

pytestmark = pytest.mark.usefixtures("planted")
of_every_block = pytest.mark.parametrize("name", BLOCKS)


def required_only(block: blocks.Block) -> Any:
    """The least that the block accepts: one of what must be there, nothing of what may."""
    match block:
        case LinkBlock():
            return block.normalize({"label": "Word", "page": None, "url": "https://example.org/"})
        case blocks.StructBlock():
            return block.normalize({n: required_only(b) for n, b in block.child_blocks.items()})
        case blocks.ListBlock():
            return block.normalize([required_only(block.child_block)] * (block.meta.min_num or 0))
        case blocks.StaticBlock():
            return None
        case _ if not block.required:
            return block.normalize(None if isinstance(block, blocks.ChooserBlock) else "")
        case ImageChooserBlock():
            return PracticeImage.objects.first()
        case blocks.RichTextBlock():
            return RichText("<p>Word</p>")
        case blocks.IntegerBlock():
            return 1
        case blocks.ChoiceBlock():
            return block.get_default()
        case _:
            return "Word"


def rendered(block: blocks.Block, value: Any) -> str:
    """HTML of a block as it stands in a page, while the practice has set nothing."""
    return block.render(value, {"texts": PageTexts([]), "practice": PracticeSettings()})


def test_no_block_is_left_out():
    assert set(PageBody().child_blocks) > set(ArticleBody().child_blocks)
    assert len(BLOCKS) == len(PageBody().child_blocks) >= 19


@of_every_block
def test_block_renders_from_its_required_values_alone(name):
    block = BLOCKS[name]
    value = block.clean(required_only(block))
    html = rendered(block, value)
    assert residue_in(html) == []
    assert ("Word" in html) is not isinstance(block, blocks.StaticBlock) or name == "figure"


def test_block_that_shows_nothing_leaves_nothing():
    body = PageBody()
    kinds = ("text", "practice_details")
    value = body.normalize([(kind, required_only(BLOCKS[kind])) for kind in kinds])
    page = BeautifulSoup(rendered(body, value), "html.parser")
    assert [element["class"] for element in page.find_all(recursive=False)] == [["block-text"]]


@of_every_block
def test_block_renders_from_its_preview(name):
    block = BLOCKS[name]
    assert residue_in(rendered(block, block.get_preview_value())) == []


@of_every_block
def test_preview_in_the_editor_shows_the_block(name, editor, practice):
    practice(name="The practice", phone="555 0100")
    block = BLOCKS[name]
    address = reverse("wagtailadmin_block_preview")
    answer = editor.get(address, {"id": block.definition_prefix})
    assert answer.status_code == 200
    shown = BeautifulSoup(answer.content, "html.parser").find("main")
    assert shown.get_text(strip=True) or shown.find("img")


@of_every_block
def test_block_tells_an_editor_what_it_is(name):
    block = BLOCKS[name]
    assert block.label
    assert str(block.meta.description).endswith(".")
    assert block.meta.group


def everything_in(block: blocks.Block) -> Iterator[blocks.Block]:
    """A block and those inside it."""
    yield block
    inner = getattr(block, "child_blocks", {}).values() or [getattr(block, "child_block", None)]
    for child in filter(None, inner):
        yield from everything_in(child)


@of_every_block
def test_icon_of_a_block_and_of_those_inside_it_is_one_that_wagtail_has(name):
    sprite = get_icons()
    assert BLOCKS[name].meta.icon != "placeholder"
    for block in everything_in(BLOCKS[name]):
        assert f'id="icon-{block.meta.icon}"' in sprite, block.label


def test_no_two_blocks_share_an_icon_or_a_label():
    for names in ([b.meta.icon for b in BLOCKS.values()], [str(b.label) for b in BLOCKS.values()]):
        assert sorted(set(names)) == sorted(names)


@of_every_block
def test_preview_in_the_editor_wears_the_sites_style_and_asks_nobody_else(name, editor):
    answer = editor.get(
        reverse("wagtailadmin_block_preview"), {"id": BLOCKS[name].definition_prefix}
    )
    frame = BeautifulSoup(answer.content, "html.parser")
    assert frame.style.string == style_sheet()
    assert not frame.select("script, iframe, [src^=http], link[href^=http]")
    shown = frame.select_one("main .prose")
    assert shown.get_text(strip=True) or shown.find("img")
    assert residue_in(str(shown)) == []


@of_every_block
def test_value_of_a_visitor_or_editor_is_escaped(name):
    block = BLOCKS[name]
    value = required_only(block)
    if isinstance(value, blocks.StructValue):
        for child, inner in list(value.items()):
            if inner == "Word":
                value[child] = "<script>alert(1)</script>"
    assert "<script" not in rendered(block, value)


def is_required(block: blocks.Block) -> bool:
    return bool(getattr(block, "required", False) or getattr(block.meta, "min_num", 0))


REQUIRED = [
    (name, child)
    for name, block in BLOCKS.items()
    for child, inner in getattr(block, "child_blocks", {}).items()
    if isinstance(inner, blocks.FieldBlock | blocks.ListBlock) and is_required(inner)
]


@pytest.mark.parametrize(("name", "child"), REQUIRED)
def test_block_without_what_it_requires_is_refused(name, child):
    block = BLOCKS[name]
    value = required_only(block)
    inner = block.child_blocks[child]
    value[child] = inner.normalize(
        {blocks.RichTextBlock: "", blocks.ListBlock: []}.get(type(inner))
    )
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert set(refused.value.block_errors) == {child}


@pytest.mark.parametrize("given", [{}, {"url": "https://example.org/", "page": "about"}])
def test_link_must_lead_to_a_page_or_an_address_and_not_both(given, page_at):
    block = LinkBlock()
    page = page_at("/about/") if "page" in given else None
    value = block.normalize({"label": "Word", "url": given.get("url", ""), "page": page})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "page" in refused.value.block_errors


def test_link_follows_its_page(page_at):
    page = page_at("/about/")
    value = LinkBlock().normalize({"label": "Word", "page": page})
    assert value.href == "/about/"
    page.slug = "who-we-are"
    page.save()
    assert value.href == "/who-we-are/"


@pytest.mark.parametrize("name", ["cards", "call_to_action"])
def test_link_to_a_page_that_is_not_published_leaves_nothing_to_click(name, page_at):
    page = page_at("/about/")
    page.unpublish()
    link = {"label": "Word", "page": page, "url": ""}
    value = (
        {"cards": [{"text": "", "link": link}]}
        if name == "cards"
        else {"heading": "H", "link": link}
    )
    html = rendered(BLOCKS[name], BLOCKS[name].normalize(value))
    assert "href" not in html
    assert residue_in(html) == []


def test_practice_details_show_nothing_while_nothing_is_set():
    assert rendered(BLOCKS["practice_details"], None).strip() == ""


def test_first_articles_of_the_library_are_shown_in_its_order(write):
    write("A third article")
    block = BLOCKS["latest_articles"]
    html = rendered(block, block.normalize({"title": "Articles", "count": 2}))
    titles = [a.get_text() for a in BeautifulSoup(html, "html.parser").select(".card__title a")]
    assert [title[:10] for title in titles] == ["How Safe I", "KAP and Tr"]


@pytest.mark.parametrize(("opens", "closes"), [("17:00", "09:00"), ("09:00", "09:00")])
def test_hours_that_end_before_they_begin_are_refused(opens, closes):
    block = OpeningHoursBlock()
    value = block.to_python({"days": ["mon"], "opens": opens, "closes": closes})
    with pytest.raises(ValidationError) as refused:
        block.clean(value)
    assert "closes" in refused.value.block_errors


@pytest.mark.parametrize("href", ["javascript:alert(1)", "tel: 988", "http://example.org", "988"])
def test_crisis_line_that_a_tap_could_not_reach_is_refused(href):
    block = CrisisLineBlock()
    value = block.normalize({"label": "L", "contact": "Call", "href": href, "detail": ""})
    with pytest.raises(ValidationError):
        block.clean(value)
