"""What the practice has set is shown; what it has not leaves nothing behind."""

import datetime

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, streamfield

from pages.models import PracticeSettings

from .conftest import texts_of
from .residue import residue_in
from .test_walk import things
from .walking import Visit

HOURS = [
    ("hours", {"days": ["tue", "mon"], "opens": datetime.time(9), "closes": datetime.time(17, 30)})
]
ALL = {
    "name": "The sample practice",
    "phone": "(555) 010-0100",
    "street_address": "1 Sample Street",
    "city": "Sampletown",
    "region": "Oregon",
    "postal_code": "97000",
    "hours": HOURS,
    "time_zone": "America/Los_Angeles",
    "states_served": ["WA", "OR"],
    "sees_people_by_video": True,
    "crisis_checked_on": datetime.date(2026, 1, 31),
}


def details(look, address: str = "/") -> list[str]:
    """The lines of the practice's details in the footer."""
    return texts_of(look(address).select("footer .practice-details > *"))


def said(look, address: str = "/") -> dict[str, dict]:
    """What the page says to machines, by type."""
    return things(Visit(address, 200, "text/html", look(address)))


def test_practice_that_has_set_nothing_shows_nothing(look, planted):
    page = look("/")
    assert not page.select(".practice-details")
    assert "MedicalClinic" not in said(look)
    assert not page.select('meta[property="og:site_name"]')


def test_practice_that_has_set_everything_shows_everything(look, practice):
    practice(**ALL)
    assert details(look) == [
        "The sample practice",
        "1 Sample Street Sampletown, Oregon 97000".replace("Street S", "StreetS"),
        "(555) 010-0100",
        "Monday, Tuesday 9 a.m. to 5:30 p.m.",
        "Times are in Los Angeles time.",
        "We see people in: Oregon, Washington",
        "We also see people by video.",
    ]


@pytest.mark.parametrize("name", ["name", "phone", "hours", "states_served"])
def test_one_fact_alone_leaves_no_gap(look, practice, name):
    practice(**{name: ALL[name]})
    for address in ("/", "/about/", "/contact/", "/library/how-safe-is-kap/"):
        page = look(address)
        assert page.select("footer .practice-details"), address
        assert residue_in(str(page.body)) == [], address


@pytest.mark.parametrize("missing", ["region", "postal_code", "name", "phone", "hours"])
def test_one_fact_missing_leaves_no_gap(look, practice, missing):
    practice(**{name: value for name, value in ALL.items() if name != missing})
    assert residue_in(str(look("/about/").body)) == []


@pytest.mark.parametrize(
    ("missing", "line"),
    [
        ("region", "1 Sample Street/Sampletown 97000"),
        ("postal_code", "1 Sample Street/Sampletown, Oregon"),
    ],
)
def test_address_reads_well_without_a_part_of_it(look, practice, missing, line):
    practice(**{name: value for name, value in ALL.items() if name != missing})
    shown = look("/").select("footer .practice-details p")[1]
    assert shown.get_text("/") == line


@pytest.mark.parametrize("name", ["street_address", "city", "region", "postal_code"])
def test_part_of_an_address_is_no_address(look, practice, name):
    practice(**{name: ALL[name]})
    assert ALL[name] not in look("/").get_text()


@pytest.mark.parametrize("name", ["sees_people_by_video", "time_zone", "street_address"])
def test_fact_that_says_nothing_by_itself_shows_nothing(look, practice, name):
    practice(**{name: ALL[name]})
    assert not look("/").select(".practice-details")


def test_phone_number_is_dialled_without_what_makes_it_readable(look, practice):
    practice(phone="+1 (555) 010-0100")
    link = look("/").select_one("footer .practice-details a")
    assert link["href"] == "tel:+1-555-010-0100"
    assert link.get_text() == "+1 (555) 010-0100"


def test_name_stands_in_header_and_title_of_every_page(look, practice):
    practice(name="The <sample> practice")
    page = look("/about/")
    assert page.title.get_text() == "About the practice - The <sample> practice"
    assert texts_of(page.select(".site-header__name")) == ["The <sample> practice"]


def test_header_bears_the_name_of_the_home_page_until_there_is_one(look, planted):
    (name,) = texts_of(look("/about/").select(".site-header__name"))
    assert name == "Ketamine-assisted psychotherapy (KAP)"


def test_machines_are_told_of_the_clinic_on_the_home_page_alone(look, practice):
    practice(**ALL)
    clinic = said(look)["MedicalClinic"]
    assert clinic == {
        "@context": "https://schema.org",
        "@type": "MedicalClinic",
        "name": "The sample practice",
        "url": settings.SITE_URL + "/",
        "telephone": "(555) 010-0100",
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "1 Sample Street",
            "addressLocality": "Sampletown",
            "addressRegion": "Oregon",
            "postalCode": "97000",
        },
        "areaServed": ["Oregon", "Washington"],
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": ["Tuesday", "Monday"],
                "opens": "09:00",
                "closes": "17:30",
            }
        ],
    }
    assert "MedicalClinic" not in said(look, "/about/")


def test_machines_are_told_of_no_clinic_without_a_name(look, practice):
    practice(**ALL | {"name": ""})
    assert "MedicalClinic" not in said(look)


def test_machines_are_told_nothing_that_is_empty(look, practice):
    practice(name="The sample practice")
    assert set(said(look)["MedicalClinic"]) == {"@context", "@type", "name", "url"}


def test_name_cannot_end_the_script_that_it_stands_in(look, practice):
    practice(name="</script><b id=broken>")
    assert not look("/").find(id="broken")
    assert said(look)["MedicalClinic"]["name"] == "</script><b id=broken>"


def crisis_links(look, selector: str) -> list[str]:
    return [a["href"] for a in look("/library/how-safe-is-kap/").select(f"{selector} a")]


def test_national_lines_are_shown_until_the_practice_has_its_own(look, practice):
    assert crisis_links(look, ".crisis-bar") == ["tel:988", "tel:911"]
    practice(
        crisis_lines=[
            ("line", {"label": "L", "contact": "Call 112", "href": "tel:112", "detail": ""})
        ]
    )
    assert crisis_links(look, ".crisis-bar") == ["tel:112"]
    assert set(crisis_links(look, ".crisis-panel")) == {"tel:112"}
    assert residue_in(str(look("/crisis-help/").select_one(".crisis-panel"))) == []


def test_day_of_the_last_check_is_shown_once_there_is_one(look, practice):
    assert "last checked" not in look("/crisis-help/").get_text()
    practice(crisis_checked_on=datetime.date(2026, 1, 31))
    assert "We last checked these numbers on Jan. 31, 2026." in look("/crisis-help/").get_text()


def test_own_words_stand_above_the_crisis_lines(look, practice):
    practice(crisis_text="<p>Words of our own.</p>")
    assert "Words of our own." in look("/crisis-help/").select_one(".crisis-panel").get_text()


def test_owner_fills_in_the_settings_screen(owner, look, planted):
    screen = reverse(
        "wagtailsettings:edit", args=["pages", "practicesettings", PracticeSettings.load().pk]
    )
    form = {
        "name": "Ours",
        "states_served": ["OR"],
        "time_zone": "America/New_York",
        "reply_within_days": "2",
        "crisis_text": "null",
        "hours": streamfield([]),
        "crisis_lines": streamfield([]),
    }
    states = form.pop("states_served")
    answer = owner.post(screen, nested_form_data(form) | {"states_served": states})
    assert answer.status_code == 302
    assert details(look) == ["Ours", "We see people in: Oregon"]


@pytest.mark.parametrize(
    ("field", "value"), [("states_served", "XX"), ("time_zone", "Mars/Olympus")]
)
def test_settings_screen_refuses_what_is_on_no_list(owner, planted, field, value):
    screen = reverse(
        "wagtailsettings:edit", args=["pages", "practicesettings", PracticeSettings.load().pk]
    )
    form = {"crisis_text": "null", "hours": streamfield([]), "crisis_lines": streamfield([])}
    answer = owner.post(screen, nested_form_data(form) | {field: value})
    assert field in answer.context["form"].errors


def test_reply_promise_below_nothing_is_refused(practice):
    with pytest.raises(ValidationError):
        practice(reply_within_days=-1)
