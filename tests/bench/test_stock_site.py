"""The words that stock Wagtail is given."""

from bench.stock_site import blocks_of

PAGE = """<header><p>Menu</p></header><main><h1>Is it  safe?</h1><p>Some <b>say</b> yes.</p>
<ul><li><p>One</p></li><li>Two</li></ul>loose</main><footer><p>End</p></footer>"""


def test_the_words_of_the_main_part_become_headings_and_paragraphs():
    assert blocks_of(PAGE) == [
        ("heading", "Is it safe?"),
        ("paragraph", "<p>Some say yes.</p>"),
        ("paragraph", "<p>One</p>"),
        ("paragraph", "<p>Two</p>"),
        ("paragraph", "<p>loose</p>"),
    ]
