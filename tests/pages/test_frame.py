"""Menu and footer name the pages at the top of the tree, in its order."""

import re

from django.template.base import Template

from .conftest import texts_of
from .fronts import Front

MARKED = re.compile(rb'href="([^"]*)" aria-current="page"')
MENU = ["About the practice", "What to expect from KAP", "Fees and insurance", "Common questions"]
MENU += ["Library", "Contact us"]
OTHERS = ["Help in a crisis", "Privacy", "Consumer health data", "Accessibility"]


def menu(page) -> list[str]:
    return texts_of(page.select('nav[aria-label="Main"] a'))


def others(page) -> list[str]:
    return texts_of(page.select('nav[aria-label="More"] a'))


def test_menu_and_footer_share_the_pages_between_them(look, planted):
    page = look("/")
    assert menu(page) == MENU
    assert others(page) == OTHERS


def test_page_is_put_into_the_menu_by_its_mark(look, page_at):
    about = page_at("/about/")
    about.show_in_menus = False
    about.save()
    assert menu(look("/")) == MENU[1:]
    assert others(look("/"))[0] == "About the practice"


def test_page_that_is_not_published_is_in_neither(look, page_at):
    page_at("/about/").unpublish()
    page_at("/privacy/").unpublish()
    assert "About the practice" not in menu(look("/"))
    assert "Privacy" not in others(look("/"))


def test_order_is_the_trees(look, page_at, planted):
    page_at("/contact/").move(planted, pos="first-child")
    assert menu(look("/"))[0] == "Contact us"


def test_page_that_one_is_on_is_marked(look, planted):
    page = look("/about/")
    assert texts_of(page.select("[aria-current=page]")) == ["About the practice"]
    assert texts_of(look("/privacy/").select("[aria-current=page]")) == ["Privacy"]


def test_address_that_is_not_there_has_the_menu_too(look, planted):
    assert menu(look("/nowhere/", status=404)) == MENU


def test_page_below_another_has_its_way_back(look, page_at):
    about = page_at("/about/")
    about.add_child(instance=type(about)(title="Deeper", slug="deeper"))
    page = look("/about/deeper/")
    assert texts_of(page.select(".breadcrumbs a")) == ["Home", "About the practice"]
    assert "Deeper" not in menu(page)


def test_page_below_one_that_is_not_published_is_shown_without_that_step(look, page_at):
    about = page_at("/about/")
    about.add_child(instance=type(about)(title="Deeper", slug="deeper"))
    about.unpublish()
    assert texts_of(look("/about/deeper/").select(".breadcrumbs a")) == ["Home"]


def test_frame_that_is_kept_marks_the_page_that_it_is_around(planted):
    front = Front()
    pages = ("/library/how-safe-is-kap/", "/about/", "/", "/privacy/")
    marked = [MARKED.findall(front.get(page).body) for page in (*pages, "/nowhere/", "/search/")]
    assert marked == [[], [b"/about/"], [b"/"], [b"/privacy/"], [], []]


def test_frame_is_rendered_once_for_all_pages_of_a_version(planted, monkeypatch, practice):
    practice(name="The practice")  # Another version than any test before has known.
    rendered: list[str] = []
    render = Template.render
    monkeypatch.setattr(
        Template, "render", lambda own, context: rendered.append(own.name) or render(own, context)
    )
    front = Front()
    for page in ("/library/how-safe-is-kap/", "/nowhere/", "/nothing/"):
        front.get(page)
    assert rendered.count("components/header.html") == 1
    assert rendered.count("components/crisis_panel.html") == 1
