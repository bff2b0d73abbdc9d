"""The page with the figures: what it says, what it draws, and that it opens nothing."""

import re
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contact.models import Status

from ..opening import instead_of_opening
from .conftest import at, came_in

REPORT = "/admin/reports/inquiries/"
SVG = "{http://www.w3.org/2000/svg}"


def said(html: str) -> str:
    """The words of a page, one space apart."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def drawings(html: str) -> list[ElementTree.Element]:
    return [ElementTree.fromstring(svg) for svg in re.findall(r"<svg xmlns.*?</svg>", html, re.S)]


def drawn(svg: ElementTree.Element) -> list[tuple[str, str]]:
    """Labels and numbers of a chart, from top to bottom."""
    texts = [text.text or "" for text in svg.iter(f"{SVG}text")]
    return list(zip(texts[::2], texts[1::2], strict=True))


def tabled(html: str) -> list[list[tuple[str, str]]]:
    """Labels and numbers of each table beside a chart."""
    row = re.compile(r'<th scope="row">(.*?)</th>\s*<td>(\d+)</td>', re.S)
    return [row.findall(body) for body in re.findall(r"<tbody>.*?</tbody>", html, re.S)]


def test_an_empty_site_says_so_and_draws_nothing(triager):
    html = triager.get(REPORT).text
    assert "Nothing has come in yet." in html
    assert drawings(html) == []
    assert "Received by week" not in html


def test_weeks_without_anything_say_zero_and_nobody(wednesday, triager):
    came_in(at(1, month=1))
    words = said(triager.get(REPORT).text)
    assert "Received 0 inquiries" in words
    assert "Nobody has been promised a reply by now." in words
    assert "Nobody has been answered yet." in words
    assert "Nothing has come in yet." not in words


def test_the_numbers_stand_in_words(wednesday, triager):
    for answered_at in (at(16, 12), at(16, 14), at(17, 19)):
        came_in(at(16), reply_by=at(17, 17), answered_at=answered_at, status=Status.BOOKED)
    came_in(at(16), reply_by=at(17, 17))
    came_in(at(16), reply_by=at(17, 17))
    came_in(at(16), quarantine_reasons=["links"])
    came_in(at(16), quarantine_reasons=["links"])
    words = said(triager.get(REPORT).text)
    assert "Received 7 inquiries" in words
    assert "Answered in time 2 of 5 40%" in words
    assert "Still waiting 4 people" in words
    assert "Late 2 people wait past" in words
    assert "5 hours or sooner for half of the 3 people who were answered" in words
    assert "Put aside as possible spam 2 of them 2 were rescued" in words


def test_one_of_each_reads_in_the_singular(wednesday, triager):
    came_in(at(16), reply_by=at(17), answered_at=at(16, 10), quarantine_reasons=["links"])
    words = said(triager.get(REPORT).text)
    assert "Received 1 inquiry" in words
    assert "First reply after 1 hour for the one person who was answered" in words
    assert "of them 1 was rescued" in words
    came_in(at(16), reply_by=at(17))
    words = said(triager.get(REPORT).text)
    assert "Still waiting 1 person" in words
    assert "Late 1 person waits past" in words


def test_the_period_reads_on_the_practices_clock(wednesday, triager):
    words = said(triager.get(REPORT, {"weeks": "4"}).text)
    assert "From Monday, October 26, 2026, until now (November 18, 2026, 12:00 p.m.)." in words
    assert "Times are in Los Angeles time." in words


@pytest.mark.parametrize(("asked", "weeks"), [("4", 4), ("52", 52), ("5", 12), ("x", 12), ("", 12)])
def test_the_period_is_one_of_those_offered(wednesday, triager, asked, weeks):
    came_in(at(16))
    html = triager.get(REPORT, {"weeks": asked}).text
    assert f'<a href="?weeks={weeks}" aria-current="true">' in html
    assert len(drawn(drawings(html)[0])) == weeks


def test_the_page_says_what_it_leaves_out(wednesday, triager):
    came_in(at(16))
    words = said(triager.get(REPORT).text)
    assert "merged with the first are not counted as received" in words
    assert "Days until removal at present: 365 for finished inquiries, 30 for spam." in words


def test_charts_are_well_formed_and_say_what_their_tables_say(wednesday, triager):
    for day in (2, 9, 9, 16):
        came_in(at(day), topic="Cost & <insurance>")
    html = triager.get(REPORT).text
    charts = drawings(html)
    assert len(charts) == 2
    assert [drawn(svg) for svg in charts] == [
        [
            (label.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"), number)
            for label, number in rows
        ]
        for rows in tabled(html)
    ]
    assert drawn(charts[0])[-3:] == [("Nov 2", "1"), ("Nov 9", "2"), ("Nov 16", "1")]
    assert all(svg.find(f"{SVG}title").text and svg.find(f"{SVG}desc").text for svg in charts)


def test_bars_are_as_long_as_their_numbers(wednesday, triager):
    for day in (2, 9, 9):
        came_in(at(day))
    weeks, _topics = drawings(triager.get(REPORT).text)
    one, two = (int(rect.get("width").rstrip("%")) for rect in weeks.iter(f"{SVG}rect"))
    assert two == 65
    assert abs(two - 2 * one) <= 1


def test_a_long_topic_is_cut_in_the_chart_and_whole_in_the_table(wednesday, triager):
    came_in(at(16), topic="Long " * 20)
    html = triager.get(REPORT).text
    [(label, _number)] = drawn(drawings(html)[1])
    assert len(label) == 40
    assert tabled(html)[1] == [(("Long " * 20), "1")]


def test_the_report_opens_and_fetches_nothing_sealed(wednesday, triager, monkeypatch):
    opened = []
    came_in(at(16), message="A private message.")
    instead_of_opening(monkeypatch, lambda *args: opened.append(args))
    with CaptureQueriesContext(connection) as captured:
        html = triager.get(REPORT).text
    assert not opened
    assert not any('"message"' in query["sql"] for query in captured)
    assert "Ada" not in html


def test_the_report_needs_no_more_queries_for_more_inquiries(wednesday, triager):
    came_in(at(16))
    triager.get(REPORT)
    with CaptureQueriesContext(connection) as few:
        triager.get(REPORT)
    for number in range(20):
        came_in(at(16), topic=f"Topic {number}", answered_at=at(17))
    with CaptureQueriesContext(connection) as many:
        triager.get(REPORT)
    assert len(many) == len(few)


def test_the_tables_say_how_people_were_answered(wednesday, triager):
    came_in(at(10), answered_at=at(10, 11), reply_by=at(11))
    words = re.sub(r"<[^>]+>|\s+", " ", triager.get(REPORT).text)
    assert re.search(r"Nov 9 +1 +1 of 1 +2 hours", words)
