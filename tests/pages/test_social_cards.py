"""The picture that stands for a page where somebody shares it."""

from datetime import datetime
from io import BytesIO

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from PIL import Image, ImageChops
from wagtail.models import Page, PageViewRestriction

from pages.models import PracticeSettings, SitePage, Topic
from pages.sharing import card_address
from pages.social_cards import GROUND, HEIGHT, MARGIN, MEASURE, Words, draw

ARTICLE = "/library/how-safe-is-kap/"
NO_DIGEST = "0" * 16


def address_of(page: SitePage) -> str:
    """Where the page's card lies at present."""
    return card_address(page, PracticeSettings.load()).removeprefix(settings.SITE_URL)


def address_on(page) -> str:
    """The address of the card that a page as a visitor sees it names."""
    return page.select_one('meta[property="og:image"]')["content"]


def picture(file: bytes) -> Image.Image:
    return Image.open(BytesIO(file)).convert("RGB")


def written(words: Words) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of the words on a card: what is clearly not its ground.

    The few colours of a card are chosen anew for each, so the ground differs by a shade.
    """
    with Image.open(GROUND) as ground:
        difference = ImageChops.difference(picture(draw(words)), ground.convert("RGB"))
    return difference.convert("L").point(lambda value: 255 * (value > 40)).getbbox()


def test_every_page_names_the_address_at_which_its_card_is(look, visitor, planted):
    pages = planted.get_descendants(inclusive=True).live()
    kinds = set()
    for page in pages:
        address = address_on(look(page.get_url()))
        assert address.startswith(settings.SITE_URL + "/social/")
        answer = visitor.get(address.removeprefix(settings.SITE_URL))
        assert answer.status_code == 200, page
        kinds.add(page.specific_class)
    assert kinds == {model for model in SitePage.__subclasses__() if not model._meta.abstract} | {
        leaf for model in SitePage.__subclasses__() for leaf in model.__subclasses__()
    }


def test_card_is_a_small_png_in_the_size_that_others_expect(visitor, planted):
    for page in planted.get_descendants(inclusive=True).live().specific():
        answer = visitor.get(address_of(page))
        assert answer["Content-Type"] == "image/png"
        assert len(answer.content) <= 40 * 1024
        card = Image.open(BytesIO(answer.content))
        assert (card.format, card.size) == ("PNG", (1200, 630))


def test_card_may_be_kept_for_a_year(visitor, page_at):
    answer = visitor.get(address_of(page_at(ARTICLE)))
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Expires"]


def test_card_is_there_for_head_and_not_for_post(visitor, page_at):
    address = address_of(page_at(ARTICLE))
    head = visitor.head(address)
    assert (head.status_code, head.content) == (200, b"")
    assert visitor.post(address).status_code == 405


@pytest.mark.parametrize("digest", ["present", "another"])
@pytest.mark.parametrize("address", [ARTICLE, "/library/"])
def test_restricted_page_has_no_card(visitor, outsider, page_at, address, digest):
    page = page_at(ARTICLE)
    PageViewRestriction.objects.create(page=page_at(address), restriction_type="login")
    at = address_of(page) if digest == "present" else f"/social/{page.pk}-{NO_DIGEST}.png"
    assert visitor.get(at).status_code == 404
    assert outsider.get(at).status_code == 404


def test_draft_has_no_card(visitor, write):
    page = write("Not yet", live=False)
    assert visitor.get(address_of(page)).status_code == 404
    assert visitor.get(f"/social/{page.pk}-{NO_DIGEST}.png").status_code == 404


def test_unpublished_page_loses_its_card(visitor, page_at):
    page = page_at(ARTICLE)
    page.unpublish()
    assert visitor.get(address_of(page)).status_code == 404


@pytest.mark.parametrize("pk", ["987654", "9" * 30, "9" * 5000], ids=len)
def test_page_that_is_not_there_has_no_card(visitor, planted, pk):
    assert visitor.get(f"/social/{pk}-{NO_DIGEST}.png").status_code == 404


def test_root_of_the_tree_has_no_card(visitor, planted):
    root = Page.objects.get(depth=1)
    assert visitor.get(f"/social/{root.pk}-{NO_DIGEST}.png").status_code == 404


def test_older_address_leads_to_the_present_card(visitor, page_at):
    page = page_at(ARTICLE)
    before = address_of(page)
    page.title = "Another title"
    page.save()
    answer = visitor.get(before)
    assert answer.status_code == 302
    assert answer["Location"] == settings.SITE_URL + address_of(page)
    assert answer["Location"] != settings.SITE_URL + before
    assert answer["Cache-Control"] == "public, max-age=60"


def test_title_of_a_draft_shows_nowhere_before_it_is_published(visitor, page_at):
    page = page_at(ARTICLE)
    published = address_of(page)
    page.title = "What only editors know"
    page.save_revision()
    answer = visitor.get(address_of(page))
    assert (answer.status_code, answer["Location"]) == (302, settings.SITE_URL + published)
    assert visitor.get(published).status_code == 200


def test_address_changes_with_everything_that_is_drawn(page_at, practice):
    page = page_at(ARTICLE)
    seen = [address_of(page)]
    page.title = "Another title"
    seen.append(address_of(page))
    page.topic = Topic.objects.create(slug="another", name="Another topic")
    seen.append(address_of(page))
    practice(name="The practice")
    seen.append(address_of(page))
    assert len(set(seen)) == 4


def test_address_stays_while_only_the_rest_of_the_page_changes(page_at):
    page = page_at(ARTICLE)
    before = address_of(page)
    page.standfirst = "Other words"
    page.save()
    assert address_of(page) == before


def test_home_page_shows_its_heading(planted):
    planted.heading = "The large words"
    assert planted.card_title == "The large words"
    planted.heading = ""
    assert planted.card_title == planted.title


LONG = {
    "words": "Many words " * 23,
    "word": "Pneumonoultramicroscopic" * 10,
    "wide": "W" * 255,
    "slim": "i" * 255,
    "hyphens": "-" * 255,
    "mixed": "a " + "Wi-" * 80,
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_long_words_stay_inside_their_frame(text):
    left, top, right, bottom = written(Words(text, topic=text, practice=text))
    assert left >= MARGIN - 4
    assert top >= MARGIN - 4
    assert right <= MARGIN + MEASURE + 8
    assert bottom <= HEIGHT - MARGIN + 8


@pytest.mark.parametrize("text", LONG.values(), ids=LONG)
def test_longest_title_leaves_air_above_the_practice(text):
    _left, top, _right, bottom = written(Words(text))
    practice = written(Words("", practice="The practice"))
    topic = written(Words("", topic="Topic gy"))
    assert practice[1] - bottom >= 50
    assert top - topic[3] >= 50


def test_word_too_wide_for_a_line_breaks_with_a_hyphen():
    word = "abcdefgh" * 8
    same = [n for n in range(1, 64) if draw(Words(word)) == draw(Words(f"{word[:n]}- {word[n:]}"))]
    assert len(same) == 1


def test_title_that_fits_is_drawn_large():
    _left, top, _right, bottom = written(Words("Hg"))
    assert bottom - top > 60


@pytest.mark.parametrize(
    "title", ["שלום", "是否安全", "KAP 是什么", "Что это", "٣ things", "🙂🙂", "\u200b", " "]
)
def test_title_in_letters_that_we_have_no_font_for_is_left_out(title):
    assert draw(Words(title, "Topic", "Practice")) == draw(Words("", "Topic", "Practice"))


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Ask first 🙂", "Ask first"),
        ("With ❤️ for you", "With for you"),
        ("Self\u2011care", "Self-care"),
        ("Ages ≥ 65", "Ages >= 65"),
        ("Before → after", "Before \u2013 after"),
        ("Soft\u00adly", "Softly"),
        ("A\u00a0space", "A space"),
        ("The ﬁrst", "The first"),
        ("Cafe\u0301", "Café"),
    ],
)
def test_sign_that_our_fonts_lack_is_made_plainer_or_goes(title, plain):
    assert draw(Words(title)) == draw(Words(plain)) != draw(Words(""))


@pytest.mark.parametrize("title", ["🙂", "שלום", "是", "Ages ≥ 65 → ok", "a\u202eb", "%s{}<b>"])
def test_page_with_any_title_has_a_card(visitor, page_at, title):
    page = page_at(ARTICLE)
    page.title = title
    page.save()
    assert visitor.get(address_of(page)).status_code == 200


def test_article_says_when_it_was_published_and_changed(look, page_at):
    page = page_at(ARTICLE)
    head = look(ARTICLE)
    for name, moment in (
        ("published", page.first_published_at),
        ("modified", page.last_published_at),
    ):
        said = head.select_one(f'meta[property="article:{name}_time"]')["content"]
        assert datetime.fromisoformat(said) == moment


def test_page_that_is_no_article_claims_no_such_dates(look, planted):
    assert look("/about/").select('meta[property^="article:"]') == []


def test_no_page_may_stand_where_the_cards_are(page_at):
    page = page_at("/about/")
    page.slug = "social"
    with pytest.raises(ValidationError, match="Choose another slug"):
        page.validate_content()
