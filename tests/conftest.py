"""The site as set-up leaves it, and the people who come to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in
from django.core.cache import cache
from django.db import connection
from django.test import Client, override_settings
from django.utils.text import slugify
from hypothesis import settings as hypothesis_settings
from pytest_django import DjangoDbBlocker
from wagtail.models import Page

from contact import sign_ins
from kapsite import setting_up, staff
from pages import renditions
from pages.models import HomePage

# How long an example takes says something of the machine, and nothing of the code.
hypothesis_settings.register_profile("kapsite", deadline=None)
hypothesis_settings.load_profile("kapsite")


# What takes half a minute to make, and serves many tests.
SHARED = {"installed_once": "checkout", "undisturbed": "set-up", "migrated": "set-up",
          "old": "carrying", "archive": "backups", "findings": "checker"}  # fmt: skip


def pytest_itemcollected(item: pytest.Item) -> None:
    """Let tests that share something large run in one process, so that it is made once."""
    for name in SHARED.keys() & getattr(item, "fixturenames", ()):
        item.add_marker(pytest.mark.xdist_group(SHARED[name]))


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put tests last that commit for real, since each leaves an empty database behind.

    After them come those in a browser: its driver keeps an event loop running in this thread, in
    which Django refuses to talk to a database.
    """
    items.sort(
        key=lambda item: (item.get_closest_marker("browser") is not None, commits_for_real(item))
    )


def commits_for_real(item: pytest.Item) -> bool:
    """Whether pytest-django empties the database after this test."""
    marker = item.get_closest_marker("django_db")
    asked_for = getattr(item, "fixturenames", ())
    return "transactional_db" in asked_for or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="session", autouse=True)
def quick_passwords() -> Iterator[None]:
    """A hash that costs nothing: hundreds of tests sign somebody in."""
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]
    with override_settings(PASSWORD_HASHERS=hashers):
        yield


@pytest.fixture(scope="session", autouse=True)
def static_files() -> Iterator[None]:
    """Static files under their own names, so that nothing has to be collected before the tests."""
    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(STORAGES=storages):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """SQLite in a file, as it is in earnest: in memory it has no WAL, and threads share locks."""
    if connection.vendor == "sqlite":
        connection.settings_dict["TEST"]["NAME"] = str(settings.DATA_DIR / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """A database with the starter content, planted once; each test rolls back what it does."""
    with django_db_blocker.unblock():
        setting_up.plant_starter_content()
        staff.set_up_groups()
        staff.set_up_review()
        renditions.make_missing()


@pytest.fixture
def planted(db: None) -> HomePage:
    """The home page of the starter content, with the rest of it below."""
    return HomePage.objects.get()


@pytest.fixture
def page_at(planted: HomePage) -> Callable[[str], Page]:
    """A function: the starter page at an address, with the fields of its own type."""

    def find(address: str) -> Page:
        return Page.objects.get(url_path=planted.url_path + address.lstrip("/")).specific

    return find


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """What one test caches, such as the paths of sites, is not there in the next."""
    cache.clear()


@pytest.fixture
def visitor() -> Client:
    """Somebody who reads the site."""
    return Client()


@contextmanager
def signing_in_unrecorded() -> Iterator[None]:
    """Let people be signed in before the test begins: the audit trail holds what it does."""
    user_logged_in.disconnect(sign_ins.signed_in)
    try:
        yield
    finally:
        user_logged_in.connect(sign_ins.signed_in)


@pytest.fixture
def signed_in(db: None) -> Callable[[str], Client]:
    """A function: the browser of somebody who is signed in and in the group named, if one is."""

    def browser(group: str = "") -> Client:
        address = f"{slugify(group) or 'somebody'}@example.org"
        user = get_user_model().objects.create_user(address)
        user.groups.set(Group.objects.filter(name=group))
        client = Client()
        with signing_in_unrecorded():
            client.force_login(user)
        return client

    return browser


@pytest.fixture
def editor(signed_in: Callable[[str], Client]) -> Client:
    return signed_in(staff.EDITOR)


@pytest.fixture
def reviewer(signed_in: Callable[[str], Client]) -> Client:
    return signed_in(staff.REVIEWER)


@pytest.fixture
def triager(signed_in: Callable[[str], Client]) -> Client:
    return signed_in(staff.INTAKE)


@pytest.fixture
def owner(signed_in: Callable[[str], Client]) -> Client:
    return signed_in(staff.OWNER)


@pytest.fixture
def outsider(signed_in: Callable[[str], Client]) -> Client:
    """Somebody with an account and no role, who must be refused."""
    return signed_in("")
