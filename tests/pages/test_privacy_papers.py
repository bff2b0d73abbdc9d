"""What the pages on privacy and health data say is what the software does, figure by figure."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client
from wagtail.models import PageViewRestriction

from contact import limits, roles
from contact.fields import SealedTextField
from contact.intake import ANSWERS
from contact.models import Inquiry, Note
from contact.models.settings import TriageSettings
from kapsite.messages import HostCookie
from kapsite.sign_in import devices, idle

from .conftest import texts_of

pytestmark = pytest.mark.django_db
PRIVACY, HEALTH, ACCESS = "/privacy/", "/consumer-health-data/", "/accessibility/"
# What a page calls the sealed texts and the readable answers of an inquiry.
SEALED = {
    "name": "name",
    "email": "e-mail address",
    "phone": "phone number",
    "message": "message",
}
READABLE = {
    "state": "state",
    "topic": "topic",
    "created_at": "times",
    "status": "status",
    "contact_by": "how and when to reach you",
    "best_time": "how and when to reach you",
    "voicemail_ok": "voicemail",
    "wants_acknowledgement": "acknowledgement",
}


@pytest.fixture(scope="module")
def said(django_db_setup, django_db_blocker):
    """The words of each page, by its address."""
    with django_db_blocker.unblock():
        pages = {a: Client().get(a).content for a in (PRIVACY, HEALTH, ACCESS)}
    mains = {a: BeautifulSoup(html, "html.parser").select_one("main") for a, html in pages.items()}
    return {a: " ".join(texts_of([main])) for a, main in mains.items()}


def sentence_with(text: str, words: str) -> str:
    [found] = [s for s in re.split(r"(?<=[.!?])\s+", text) if words in s]
    return found


def test_days_are_the_defaults_of_the_settings(said):
    kept = TriageSettings()
    text = said[PRIVACY]
    assert f"spam is removed {kept.keep_spam_days} days after" in text
    assert f"removed {kept.keep_closed_days} days after staff close" in text
    days = sentence_with(said[HEALTH], "By default, spam goes")
    assert re.findall(r"\d+", days) == [str(kept.keep_spam_days), str(kept.keep_closed_days)]


def test_backups_stay_as_long_as_the_settings_say(said):
    text = said[PRIVACY]
    assert f"it is over {settings.BACKUP_KEEP_DAYS} days old" in text
    assert f"The {settings.BACKUP_KEEP_COUNT} newest stay" in text
    assert f"for at least {settings.BACKUP_KEEP_DAYS} days more" in said[HEALTH]


def test_every_cookie_has_its_name_and_its_end(said):
    text = said[PRIVACY]
    ours = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, devices.COOKIE]
    ours.append(HostCookie.cookie_name)
    named = set(re.findall(r"__Host-\w+", text))
    assert named == {f"__Host-{name.removeprefix('__Host-')}" for name in ours}
    assert f"stays for {devices.KEPT.days} days" in text
    assert settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.CSRF_COOKIE_AGE < 366 * 24 * 60 * 60


def test_public_pages_that_ask_for_a_password_set_the_named_cookie(page_at, visitor):
    page = page_at("/library/")
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="open")
    visitor.get("/library/")
    assert settings.CSRF_COOKIE_NAME in visitor.cookies
    assert devices.COOKIE not in visitor.cookies


def test_sign_in_ends_and_forgets_as_it_says(said):
    text = said[PRIVACY]
    assert f"after {idle.IDLE_SECONDS // 60} minutes without work" in text
    assert f"after {idle.LONGEST_SECONDS // 3600} hours at most" in text
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    assert f"for about {minutes} minutes" in text


def test_what_is_sealed_is_named_and_nothing_else(said):
    sealed = {f.name for f in Inquiry._meta.fields if isinstance(f, SealedTextField)}
    assert sealed == {*SEALED, "hold_reason"}
    assert isinstance(Note._meta.get_field("text"), SealedTextField)
    sentence = sentence_with(said[PRIVACY], "AES-256-GCM")
    assert [words for words in SEALED.values() if words not in sentence] == []


def test_what_is_readable_is_named(said):
    """A new answer of the form has to be named on the page, or sealed."""
    text = said[PRIVACY].split("Some facts stay readable.")[1].split("They do not say who")[0]
    assert set(ANSWERS) - set(SEALED) <= set(READABLE)
    assert [words for words in READABLE.values() if words not in text] == []


def test_few_can_read_what_was_sent(said):
    assert "Only owners of the website and the intake team can open messages" in said[PRIVACY]
    readers = {n for n, may in roles.PERMISSIONS.items() if "contact.view_inquiry" in may}
    assert readers == {roles.OWNER, roles.INTAKE}
    erasers = {n for n, may in roles.PERMISSIONS.items() if "contact.delete_inquiry" in may}
    exporters = {n for n, may in roles.PERMISSIONS.items() if "contact.export_inquiry" in may}
    assert erasers == exporters == {roles.OWNER}


def test_counts_of_networks_go_after_a_day(said):
    assert "The counts go after about a day" in said[PRIVACY]
    assert limits.KEPT.days == 1
    assert "by the hour" in said[PRIVACY]
    assert limits.AN_HOUR.total_seconds() == 3600


def test_links_to_elsewhere_do_not_name_our_pages(said, visitor):
    assert "we ask your browser not to name our page" in said[PRIVACY]
    assert visitor.get(PRIVACY)["Referrer-Policy"] == "same-origin"


def test_each_answer_has_the_number_that_the_page_speaks_of(said, visitor):
    assert "a random number, the request id" in said[PRIVACY]
    first, second = (visitor.get("/contact/")["X-Request-ID"] for _ in range(2))
    assert first != second


@pytest.mark.parametrize(("address", "least"), [(PRIVACY, 6), (HEALTH, 2), (ACCESS, 2)])
def test_places_for_the_practices_own_facts_are_marked(visitor, address, least):
    page = BeautifulSoup(visitor.get(address).content, "html.parser")
    assert len(page.select("main .place")) >= least
    assert all(place.select("strong") for place in page.select("main .place"))
