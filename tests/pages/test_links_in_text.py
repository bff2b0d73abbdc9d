"""A link in a text follows its page; one to a page that nobody may see keeps its words."""

from .conftest import texts_of


def link_to(page) -> str:
    return f'<p>See <a linktype="page" id="{page.pk}">the other page</a>.</p>'


def test_link_follows_a_page_that_gets_another_address(write, look, page_at):
    about = page_at("/about/")
    write("Linked", ("text", link_to(about)))
    about.slug = "who-we-are"
    about.save_revision().publish()
    assert look("/library/linked/").select_one(".prose a")["href"] == "/who-we-are/"


def test_link_to_a_page_that_is_not_published_keeps_its_words(write, look, page_at):
    about = page_at("/about/")
    write("Linked", ("text", link_to(about)))
    about.unpublish()
    page = look("/library/linked/")
    assert texts_of(page.select(".prose p")) == ["See the other page."]
    assert not page.select(".prose a[href]")


def test_link_to_a_page_that_is_gone_keeps_its_words(write, look, page_at):
    about = page_at("/about/")
    write("Linked", ("text", link_to(about)))
    about.delete()
    assert texts_of(look("/library/linked/").select(".prose p")) == ["See the other page."]


def test_links_elsewhere_and_to_mail_stay(write, look):
    words = '<p><a href="https://example.org/?a=1&amp;b=2">a</a> <a href="mailto:a@b.org">b</a></p>'
    write("Linked", ("text", words))
    assert [a["href"] for a in look("/library/linked/").select(".prose a")] == [
        "https://example.org/?a=1&b=2",
        "mailto:a@b.org",
    ]


def test_attributes_of_a_link_may_stand_in_any_order(write, look, page_at):
    words = f'<p><a id="{page_at("/about/").pk}" linktype="page" data-x="1">a</a></p>'
    write("Linked", ("text", words))
    assert look("/library/linked/").select_one(".prose a")["href"] == "/about/"
