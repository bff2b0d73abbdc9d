"""Markdown becomes blocks that an editor could have made."""

import pytest

from pages.blocks.text import HeadingBlock
from pages.importing.article import LeftOut
from pages.importing.lines import MAX_HEADING_LENGTH
from pages.importing.parsing import parse
from pages.importing.rendering import as_stored


def body_of(markdown: str) -> str:
    """The one text of an article with this Markdown below its title."""
    (block,) = parse(f"# Title\n\n{markdown}").body
    assert block["type"] == "text"
    return block["value"]


def losses_of(markdown: str) -> list[LeftOut]:
    return parse(f"# Title\n\n{markdown}").left_out


@pytest.mark.parametrize(
    ("mark", "level"), [("##", "2"), ("###", "3"), ("####", "3"), ("######", "3"), ("#", "2")]
)
def test_headings_have_two_levels(mark, level):
    article = parse(f"# Title\n\n{mark} Words here\n\nText.\n")
    assert article.body[0] == {"type": "heading", "value": {"text": "Words here", "level": level}}


def test_an_underlined_heading_is_a_heading():
    article = parse("Title\n=====\n\nSection\n-------\n\nText.\n")
    assert article.title == "Title"
    assert article.body[0]["value"] == {"text": "Section", "level": "2"}


def test_without_a_heading_of_the_top_level_the_first_line_is_the_title():
    article = parse("The first line\n\nText.\n\n## Section\n\nMore.\n")
    assert article.title == "The first line"
    assert [block["type"] for block in article.body] == ["text", "heading", "text"]


def test_text_above_the_title_is_kept():
    article = parse("By the practice.\n\n# Title\n\nText.\n")
    assert article.title == "Title"
    assert article.body[0]["value"] == "<p>By the practice.</p><p>Text.</p>"


def test_a_title_and_a_heading_are_plain_words():
    article = parse("# A *new* `way` [in](/y)\n\n## To **be** [here](/x)\n\nText.\n")
    assert article.title == "A new way in"
    assert article.body[0]["value"] == {"text": "To be here", "level": "2"}
    assert article.left_out == [LeftOut(1, "link to /y"), LeftOut(3, "link to /x")]


def test_emphasis_is_kept():
    assert body_of("A **strong** and *soft* word.") == (
        "<p>A <b>strong</b> and <i>soft</i> word.</p>"
    )


def test_links_are_kept():
    assert body_of(
        "[One](https://example.org/a?b=1&c=2), [two][ref], <https://b.example>.\n\n"
        "[ref]: mailto:a@example.org"
    ) == (
        '<p><a href="https://example.org/a?b=1&amp;c=2">One</a>, '
        '<a href="mailto:a@example.org">two</a>, '
        '<a href="https://b.example">https://b.example</a>.</p>'
    )


def test_a_link_to_a_page_of_this_site_follows_the_page(import_text, imported, library):
    import_text("# Title\n\n[Library](/library/), [home](/), [nowhere](/nowhere/).")
    html = imported().body[0].value.source
    assert f'<a linktype="page" id="{library.pk}">Library</a>' in html
    assert f'<a linktype="page" id="{library.get_parent().pk}">home</a>' in html
    assert '<a href="/nowhere/">nowhere</a>' in html


def test_a_dangerous_link_keeps_its_words_only():
    assert body_of("Press [here](gopher://x).") == "<p>Press here.</p>"
    assert losses_of("Press [here](gopher://x).") == [LeftOut(3, "link to gopher://x")]


def test_lists_nest():
    markdown = "1. one\n   - dot\n     1. deep\n2. two\n"
    assert body_of(markdown) == (
        "<ol><li>one<ul><li>dot<ol><li>deep</li></ol></li></ul></li><li>two</li></ol>"
    )


def test_a_point_of_several_paragraphs_stays_one_point():
    markdown = "- one\n\n  More.\n\n  > Said.\n\n- two\n"
    assert body_of(markdown) == "<ul><li>one<br/>More.<br/>Said.</li><li>two</li></ul>"


def test_text_below_an_inner_list_is_a_line_of_its_own():
    assert body_of("- one\n  - dot\n\n  More.\n") == (
        "<ul><li>one<br/>More.<ul><li>dot</li></ul></li></ul>"
    )


def test_a_list_that_starts_elsewhere_is_reported():
    assert losses_of("3. three\n4. four") == [
        LeftOut(3, "the first number of a list, 3; it counts from 1")
    ]


def test_a_picture_leaves_its_description():
    assert body_of('Here: ![A quiet room.](room.jpg "View") Yes.') == (
        "<p>Here: A quiet room. Yes.</p>"
    )
    (loss,) = losses_of('Here: ![A quiet room.](room.jpg "View") Yes.')
    assert "room.jpg View" in loss.what


def test_the_address_in_the_description_of_a_picture_is_reported():
    assert LeftOut(3, "link to /b") in losses_of("![A [link](/b).](c.jpg) Yes.")


def test_html_leaves_its_words():
    markdown = (
        "Un<b>believ</b>able H<sub>2</sub>O.<br>One\n"
        '<div class="wide">two</div>three. <!-- four -->'
    )
    assert body_of(markdown) == "<p>Unbelievable H2O.<br/>One two three.</p>"
    assert losses_of(markdown) == [
        LeftOut(3, "HTML <b>"),
        LeftOut(3, "HTML <sub>"),
        LeftOut(3, "HTML <br>"),
        LeftOut(4, 'HTML <div class="wide">'),
        LeftOut(4, "HTML <!-- four -->"),
    ]


def test_a_script_cannot_get_in():
    assert body_of("A <script>alert(1)</script> b.") == "<p>A alert(1) b.</p>"


def test_code_leaves_its_words():
    assert body_of("```js\nlet a = '<p>';\nlet b;\n```") == (
        "<p>let a = '&lt;p&gt;';<br/>let b;</p>"
    )
    (loss,) = losses_of("```js\nlet a;\n```")
    assert "js" in loss.what


def test_a_quotation_leaves_its_words():
    assert body_of("> Said.\n>\n> Twice.") == "<p>Said.</p><p>Twice.</p>"
    assert [loss.line for loss in losses_of("> Said.")] == [3]


def test_a_definition_that_no_link_uses_is_reported():
    (loss,) = losses_of('Text.\n\n[a]: /b "C"\n')
    assert loss.line == 5
    assert "/b C" in loss.what


def test_a_second_definition_of_a_link_is_reported():
    (loss,) = losses_of("Go [there][a].\n\n[a]: /b\n[a]: /c\n")
    assert loss.line == 6
    assert "/c" in loss.what


def test_a_link_without_words_is_reported():
    assert losses_of("Text.[](/b)") == [LeftOut(3, "link to /b")]


def test_the_title_of_a_link_is_reported():
    assert losses_of('[a](/b "C")') == [LeftOut(3, "title of a link: C")]


def test_a_citation_stays_as_it_is():
    assert body_of("It works [@popova-2019].") == "<p>It works [@popova-2019].</p>"


def test_a_heading_too_long_for_its_field_becomes_bold_text():
    long = "word " * 30
    article = parse(f"# Title\n\n## {long}\n\nText.")
    assert [block["value"] for block in article.body] == [
        f"<p><b>{long.strip()}</b></p>",
        "<p>Text.</p>",
    ]


def test_the_longest_heading_is_the_one_that_the_editor_takes():
    assert HeadingBlock().child_blocks["text"].field.max_length == MAX_HEADING_LENGTH


def test_empty_marks_leave_nothing_behind():
    article = parse("# Title\n\n##\n\n<div>\n\n&nbsp;\n\nText.\n\n* * *\n\n-\n")
    assert [block["value"] for block in article.body] == ["<p>Text.</p>"]


def test_what_is_stored_is_what_the_editor_would_store():
    html = body_of("A *b* [c](/d).\n\n- e\n\n  f\n  1. g\n- h\n\n```\ni\n```\n\n> j\n")
    assert as_stored(html) == html


def test_the_editor_opens_the_draft(import_text, imported, editor):
    import_text("# Title\n\n## Part\n\nA **b**.\n\n- c\n  - d\n")
    assert editor.get(f"/admin/pages/{imported().pk}/edit/").status_code == 200
