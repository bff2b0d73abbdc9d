"""The style sheet in the page."""

import re

from django.contrib.staticfiles import finders

from pages import styles


def test_every_page_brings_its_style_along(visitor, planted):
    html = visitor.get("/").text
    assert '<link rel="stylesheet"' not in html
    assert str(styles.style_sheet()) in html


def test_nothing_but_what_people_need_is_left_out():
    css = str(styles.put_together())
    assert ".prose > :has(> h2)" in css  # Here the spaces carry meaning.
    assert "/*" not in css
    assert "\n" not in css


def test_every_sheet_is_in_it():
    folder = styles.FOLDER
    ours = {path for path in folder.rglob("*.css") if "admin" not in path.parts}
    assert set(styles.sheets()) | {folder / "print.css"} == ours


def test_what_is_for_paper_counts_on_paper_only():
    css = str(styles.put_together())
    screen, paper = css.split("@media print{")
    assert "@layer print{" in paper
    assert "@layer print{" not in screen
    assert css.count("{") == css.count("}")


def test_fonts_are_fetched_by_the_address_of_the_day():
    css = str(styles.put_together())
    assert len(re.findall(r'url\("/static/fonts/[\w.-]+\.woff2"\)', css)) == css.count("url(") == 2
    assert "../" not in css


def test_in_debug_mode_a_change_is_seen_at_once(settings, monkeypatch):
    settings.DEBUG = True
    monkeypatch.setattr(styles, "put_together", lambda: "a{}")
    assert styles.style_sheet() == "a{}"


def test_every_font_named_is_there():
    named = re.findall(r'url\("/static/([^"]+)"\)', str(styles.put_together()))
    assert all(finders.find(name) for name in named)


def test_page_asks_ahead_for_a_font_of_its_style(visitor, planted):
    html = visitor.get("/").text
    asked = re.findall(r'<link rel="preload" href="([^"]+)" as="font" [^>]*crossorigin>', html)
    assert len(asked) == 1
    assert f'url("{asked[0]}")' in html
