"""The contact page, what a visitor sends to it, and what is stored of that."""

import base64
import datetime
import uuid
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from wagtail.models import Locale, Page, Site

from contact.models import BlindTerm, ContactPage, Inquiry
from contact.stamp import make_stamp
from pages.models import HomePage
from tests.sites import free_port

from .mailserver import Mailbox, listening, mail_goes_to

# What only SQLite needs: elsewhere nobody waits for another one's commit.
collect_ignore = [] if connection.vendor == "sqlite" else ["test_together.py"]


@pytest.fixture
def contact_page(db) -> ContactPage:
    """The contact page; that of a small site where a transactional test has emptied the tree."""
    return ContactPage.objects.first() or _small_site()


def _small_site() -> ContactPage:
    Locale.objects.get_or_create(language_code="en")
    root = Page.add_root(instance=Page(title="Root", slug="root"))
    home = root.add_child(instance=HomePage(title="Home", slug="home"))
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    return home.add_child(instance=ContactPage(title="Contact us", slug="contact"))


@pytest.fixture
def filled_in():
    """What an ordinary visitor posts: a message by e-mail, written in a minute."""
    return {
        "name": "Ada Lovelace",
        "contact_by": "email",
        "email": "ada@example.org",
        "phone": "",
        "message": "I would like to know more.",
        "submission_id": str(uuid.uuid4()),
        "stamp": stamp_of_age(60),
    }


def stamp_of_age(seconds: float) -> str:
    """A genuine time stamp from so many seconds ago."""
    with time_machine.travel(timezone.now() - datetime.timedelta(seconds=seconds), tick=False):
        return make_stamp()


@pytest.fixture
def inquiry(db) -> Inquiry:
    """An inquiry that came in before."""
    inquiry = Inquiry(
        name="Ada Lovelace",
        email="ada@example.org",
        phone="+15035550100",
        message="A private message.",
        contact_by="email",
    )
    inquiry.save()
    BlindTerm.objects.write(inquiry)
    return inquiry


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server that this process sends its mail to."""
    mailbox, port = Mailbox(), free_port()
    with mail_goes_to(port), listening(mailbox, port):
        yield mailbox


@pytest.fixture
def new_key() -> str:
    """An encryption key that is not in the ring yet."""
    return base64.urlsafe_b64encode(bytes(range(32))).decode()
