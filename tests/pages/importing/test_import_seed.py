"""The practice's own article comes in whole."""

from pathlib import Path

from django.utils.html import strip_tags

SEED = Path(__file__).parent / "seed-article.txt"
SECTIONS = [
    "What Makes KAP Different",
    "The Potential Benefits",
    "Understanding the Safety Profile",
    "Why Supervision and Integration Matter",
    "Is KAP Right for You?",
]
TITLE = "How Safe Is KAP? Understanding the Risks and Benefits of Ketamine-Assisted Therapy"
RESIDUE = {7: "person in therapy", 39: "Contact Us", 40: "Next", 41: "Next", 43: "KAP and Treatm"}


def paragraphs_of_seed() -> list[str]:
    """Every paragraph that ends like a sentence. The file has no other."""
    return [line for line in SEED.read_text().splitlines() if line.endswith(".")]


def test_the_title_is_the_first_line(import_file, imported):
    import_file(SEED)
    assert imported().title == TITLE


def test_the_sections_are_the_five_of_the_file(import_file, imported):
    import_file(SEED)
    assert [heading.text for heading in imported().contents] == SECTIONS


def test_every_paragraph_stands_whole_and_in_order(import_file, imported):
    import_file(SEED)
    texts = [str(block.value.source) for block in imported().body if block.block_type == "text"]
    paragraphs = [strip_tags(part) for text in texts for part in text.split("</p>") if part]
    assert len(paragraphs_of_seed()) == 12
    assert [unescaped.split() for unescaped in paragraphs] == [
        paragraph.split() for paragraph in paragraphs_of_seed()
    ]


def test_the_opening_stands_before_the_first_heading(import_file, imported):
    import_file(SEED)
    assert imported().body[0].block_type == "text"
    assert imported().body[1].block_type == "heading"


def test_what_is_left_out_is_said_with_its_line(import_file):
    output = import_file(SEED)
    told = [line for line in output.splitlines() if "Left out" in line]
    assert len(told) == len(RESIDUE)
    for line, (number, words) in zip(told, RESIDUE.items(), strict=True):
        assert f"line {number}: " in line
        assert words in line


def test_the_counts_and_the_address_are_said(import_file, imported):
    output = import_file(SEED)
    assert "Sections: 5, paragraphs: 12" in output
    assert f"http://testserver/admin/pages/{imported().pk}/edit/" in output
    assert TITLE in output


def test_the_starter_article_on_the_same_matter_is_not_touched(import_file, imported, page_at):
    starter = page_at("/library/how-safe-is-kap/")
    import_file(SEED, "--publish")
    after = page_at("/library/how-safe-is-kap/")
    assert after.latest_revision_id == starter.latest_revision_id
    assert imported().pk != starter.pk
