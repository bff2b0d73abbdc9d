"""The starter content keeps its promises: plain, sourced, whole, and honest about itself."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from pages.citations import cited_keys
from pages.models import BodyPage, PracticeImage, Source
from pages.starter.planting import ARTICLES

from .conftest import texts_of
from .test_walk import IN_SITEMAP

pytestmark = pytest.mark.django_db  # Before the tests that leave an empty database.

SAFETY = "/library/how-safe-is-kap/"
DEPRESSION = "/library/kap-and-treatment-resistant-depression/"
LONGEST_SENTENCE = 20
END_OF_SENTENCE = re.compile(r"(?<=[.!?])[\"”)]*\s+(?=[\"“(]?[A-Z0-9])")
# Words that promise too much or press somebody, and how not to speak of suicide.
FORBIDDEN = [
    r"\bcures?d?\b",
    r"safe and effective",
    r"non-?\s?addictive",
    r"FDA[- ]approved ketamine therapy",
    r"testimonial",
    r"(act|book|call) now\b",
    r"hurry|limited (time|spots|places)|don.t wait|last chance|only \d+ (left|spots|places)",
    r"miracle|breakthrough|guarantee|life-changing|proven (safe|results)",
    r"commit(s|ted|ting)? suicide|(un)?successful suicide|completed suicide",
    r"press 3",
    r"\b\d+(\.\d+)? ?mg\b|mg/kg",
    r"!",
]
# What the seed says, and the words in which the safety article says it.
SEED = {
    "one of the most talked-about treatments": "has drawn more attention than most mental health",
    "for severe depression, anxiety, PTSD, suicidality": "severe depression, anxiety, post-",
    "a hopeful new path": "a fresh reason for hope",
    "smart questions; answers give confidence": "It is wise to ask. Plain answers let you choose",
    "fast-acting, from medical and surgical settings": "a fast-acting medicine that doctors first",
    "lower doses affect mood, cognition, emotion": "strongly affect mood, thinking, and the",
    "support before, during and after": "before it, during it and after it",
    "different from infusions without support": "infusions without that support are a different",
    "therapy helps reflect, process and apply": "look back on the experience and work through it",
    "moments of clarity into lasting change": "grows into change that lasts",
    "relief where nothing else helped": "not been helped by standard medicines or therapy",
    "improvement within hours or days": "felt better within hours or days",
    "rapidly decreases suicidal thinking": "eased suicidal thoughts within a day",
    "openness, clarity, fewer defences": "feeling open, clear and less guarded",
    "softens trauma-related barriers": "lower the walls that trauma builds",
    "not a magic cure, but internal space": "gain some room inside, and healing can start there",
    "considered safe with trained clinicians": "trained, licensed clinicians give it in a",
    "used for decades, well studied": "part of medical care for decades",
    "side effects pass in one to two hours": "usually pass within one to two hours",
    "dizziness": "Dizziness or headache",
    "mild nausea": "Nausea, often mild",
    "increased heart rate": "Faster heartbeat",
    "confusion": "Confusion, anxiety",
    "dissociative feeling": "(dissociation)",
    "expected and monitored": "Clinicians expect them and watch for them closely",
    "dependency and bladder issues at high doses": "Frequent recreational use at high doses",
    "lower doses, controlled, supervised": "smaller doses at planned intervals",
    "support helps prevent misuse": "further protection against misuse",
    "not typically addiction or lasting harm": "have not found addiction or lasting medical",
    "uncontrolled high blood pressure": "High blood pressure that is not controlled",
    "severe heart disease": "severe heart disease",
    "active substance use": "An active problem with alcohol or drugs",
    "history of psychosis": "Psychosis, now or in the past",
    "certain neurological conditions": "Certain neurological conditions",
    "pregnancy": "Pregnancy or breastfeeding",
    "thorough screening": "Careful medical and psychological screening",
    "safety depends on how it is given": "How ketamine is given shapes how safe it is",
    "calm, supportive environment": "a calm room where you feel supported",
    "clear dosing guidelines": "clear rules for how ketamine is dosed",
    "concerns arise without supervision": "Worry is greatest where nobody supervises",
    "integration after each treatment": "Integration sessions follow each treatment",
    "where lasting healing happens": "believe that lasting healing takes hold here",
    "shifts patterns that talk alone cannot": "in ways that talking alone sometimes cannot",
    "less fear of difficult emotions": "hard emotions may frighten them less",
    "multiple medications without relief": "Several medicines have brought no real relief",
    "traditional therapy feels stuck": "talk therapy seems to have stalled",
    "severe persistent depression": "Your depression is severe and does not lift",
    "suicidal thoughts are present": "You have suicidal thoughts.",
    "trauma interferes with daily life": "effects of trauma keep disturbing your days",
    "anxiety feels unmanageable": "Anxiety has become too much to handle",
    "not a quick fix, but a catalyst": "can give healing a strong start",
    "reach out to my practice": "Bring that question to us",
    "you deserve relief and support": "worth relief, steady support, and care planned",
}
# What stands beside the seed's claims, so that none of them stands alone.
BESIDE = {
    "approved as an anesthetic only": "The FDA has approved it only as an anesthetic",
    "not determined to be safe for this": "The FDA has not determined that it is safe for that",
    "effects of days to weeks": "Days to weeks",
    "no driving": "Do not drive until the next day",
    "thin long-term data": "Long-term safety is not well studied",
    "misuse risk": "names abuse and misuse among the risks",
    "not shown to prevent suicide": "has not been shown to prevent suicide",
    "largest PTSD trial": "The largest PTSD trial did not find a clear effect",
    "therapy unproven": "No completed randomized trial has settled whether therapy",
    "aneurysm, AVM, brain bleed": "(an AVM), or a past brain bleed",
    "breastfeeding, thyroid, liver, bladder": "Severe liver disease or bladder inflammation",
    "the clinician decides": "your clinician decides with you",
}


@pytest.fixture(scope="module")
def pages(django_db_setup, django_db_blocker) -> dict[str, Tag]:
    """The main part of every starter page, without the list of sources."""
    with django_db_blocker.unblock():
        found = {address: Client().get(address).content for address in IN_SITEMAP}
    return {address: _without_sources(html) for address, html in found.items()}


def _without_sources(html: bytes) -> Tag:
    [main] = BeautifulSoup(html, "html.parser").select("main")
    for element in main.select(".sources, .citation, .place strong, script, option"):
        element.decompose()
    return main


def words_of(main: Tag) -> str:
    return " ".join(main.get_text(" ").split()).replace(" .", ".").replace(" ,", ",")


def sentences(main: Tag) -> Iterator[str]:
    """Every sentence, taken from the smallest elements that hold whole ones."""
    for element in main.find_all(
        ["p", "li", "dd", "dt", "td", "th", "h1", "h2", "h3", "summary", "label"]
    ):
        if not element.find(["p", "li"]):
            [text] = texts_of([element])
            yield from END_OF_SENTENCE.split(text)


def test_no_sentence_is_long(pages):
    said = [sentence for main in pages.values() for sentence in sentences(main)]
    assert len(said) > 500
    assert [s for s in said if len(s.split()) > LONGEST_SENTENCE] == []


@pytest.mark.parametrize("pattern", FORBIDDEN)
def test_no_page_says_what_must_not_be_said(pages, pattern):
    found = {
        a: m[0] for a, main in pages.items() if (m := re.search(pattern, words_of(main), re.I))
    }
    assert found == {}


@pytest.mark.parametrize("point", SEED)
def test_every_point_of_the_seed_is_made(pages, point):
    assert SEED[point] in words_of(pages[SAFETY])


@pytest.mark.parametrize("limit", BESIDE)
def test_every_limit_stands_beside_the_claims(pages, limit):
    assert BESIDE[limit] in words_of(pages[SAFETY])


def test_no_sentence_of_the_seed_is_copied(pages):
    seed = Path(__file__).parent / "importing" / "seed-article.txt"
    copied = set(END_OF_SENTENCE.split(seed.read_text())) & set(sentences(pages[SAFETY]))
    assert {sentence for sentence in copied if len(sentence.split()) > 4} == set()


@pytest.mark.parametrize("address", [SAFETY, DEPRESSION])
def test_article_says_that_nobody_has_reviewed_it(pages, address):
    assert "No clinician has reviewed this article yet." in words_of(pages[address])


@pytest.mark.parametrize("address", [SAFETY, DEPRESSION])
def test_article_shows_crisis_help_where_it_speaks_of_suicide(pages, address):
    blocks = pages[address].select_one(".prose").find_all(recursive=False)
    [heading] = [n for n, b in enumerate(blocks) if texts_of([b]) == ["Suicidal thoughts"]]
    assert any(block.select(".crisis-panel") for block in blocks[heading + 1 : heading + 3])


@pytest.mark.parametrize("address", [SAFETY, DEPRESSION])
def test_article_has_the_sections_that_it_needs(pages, address):
    assert len(pages[address].select(".prose h2[id]")) >= 5
    assert pages[address].select(".key-points, .balance, .study")


@pytest.mark.parametrize("address", [SAFETY, DEPRESSION, "/", "/what-to-expect/", "/questions/"])
def test_page_about_the_treatment_says_that_it_is_off_label(pages, address):
    assert "off-label" in words_of(pages[address])


def test_disputed_figure_never_stands_alone(pages):
    shown = [
        text
        for main in pages.values()
        for text in texts_of(main.find_all(["p", "li", "td"]))
        if "67%" in text
    ]
    assert shown
    assert all("35%" in text and "disputed" in text for text in shown)


@pytest.mark.parametrize(
    "figures",
    [
        ("71%", "29%", "35%"),
        ("64%", "28%"),
        ("52%", "40%"),
        ("55.4%", "41.2%"),
        ("63%", "46%"),
        ("69.3%", "52.0%", "52.5%", "31.0%"),
        ("22.5%", "7.6%"),
        ("6%", "30.9%"),
        ("36.8%", "30.6%", "13.7%", "13.0%"),
    ],
)
def test_figures_that_belong_together_stand_together(pages, figures):
    texts = texts_of(pages[DEPRESSION].find_all(["p", "li", "dd", "div"]))
    assert any(all(figure in text for figure in figures) for text in texts)


def test_every_citation_has_its_source_and_every_source_is_cited(planted):
    pages = [
        p for p in planted.get_descendants(inclusive=True).specific() if isinstance(p, BodyPage)
    ]
    cited = {key for page in pages for key in cited_keys(page.body.raw_data)}
    assert cited == set(Source.objects.values_list("key", flat=True))
    assert len(cited) > 20


def test_every_source_can_be_looked_up(planted):
    for source in Source.objects.all():
        assert source.url.startswith("https://") or source.detail or source.publisher, source.key
        source.full_clean()


def test_every_image_says_in_a_sentence_what_it_shows(planted):
    images = list(PracticeImage.objects.all())
    assert len(images) == 5
    for image in images:
        assert re.fullmatch(r"[A-Z].{30,}\.", image.description), image.title
        assert not re.match(r"(an? )?(image|picture|drawing|photo)", image.description, re.I)
        image.full_clean(exclude=["uploaded_by_user"])


def test_every_planted_page_has_its_history(planted):
    for page in planted.get_descendants(inclusive=True):
        assert page.revisions.count() == 1, page.slug
        assert page.live
        assert not page.has_unpublished_changes


def test_articles_have_their_length_and_place(planted):
    assert [article.slug for article in ARTICLES] == [
        SAFETY.split("/")[2],
        DEPRESSION.split("/")[2],
    ]


def test_practice_invents_no_facts_about_itself(pages):
    text = " ".join(map(words_of, pages.values()))
    assert not re.search(r"\$\s?\d", text)
    assert not re.search(r"\bDr\.? [A-Z]|\b(MD|PhD|LCSW|NP)\b", text)
