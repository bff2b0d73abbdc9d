"""Refusals are written down for everybody who is signed in, at every address of this app."""

import uuid

import pytest
from django.contrib.auth import get_user
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.urls.converters import IntConverter, UUIDConverter

from contact.access import AuditedAccessMixin
from contact.models import AuditEntry, TriageSettings

SAMPLES = {UUIDConverter: uuid.UUID(int=0), IntConverter: 1}


def view_classes(resolver: URLResolver, spaces: tuple[str, ...] = ()):
    """Every address below a resolver: its full name, what it takes, and the class behind it."""
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inside = (*spaces, pattern.namespace) if pattern.namespace else spaces
            yield from view_classes(pattern, inside)
        elif isinstance(pattern, URLPattern):
            view_class = getattr(pattern.callback, "view_class", object)
            yield ":".join((*spaces, pattern.name or "")), pattern.pattern, view_class


def our_addresses() -> list[str]:
    """The address of every view in the admin that this app defines."""
    return sorted(
        reverse(name, kwargs={key: SAMPLES[type(value)] for key, value in taken.converters.items()})
        for name, taken, view_class in view_classes(get_resolver())
        if view_class.__module__.startswith("contact.")
    )


def test_every_view_of_this_app_in_the_admin_keeps_a_record_of_refusals():
    ours = [
        (name, view_class)
        for name, _taken, view_class in view_classes(get_resolver())
        if view_class.__module__.startswith("contact.")
    ]
    assert len(ours) >= 12
    assert [name for name, view in ours if not issubclass(view, AuditedAccessMixin)] == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_somebody_without_admin_access_is_sent_away_and_that_is_written_down(outsider, method):
    for address in our_addresses():
        response = getattr(outsider, method)(address)
        assert response["Location"].startswith("/admin/login/")
        entry = AuditEntry.objects.last()
        assert (entry.action, entry.actor) == ("denied", get_user(outsider).get_username())
        assert entry.detail == {"path": address, "method": method.upper()}
    assert AuditEntry.objects.count() == len(our_addresses())


def test_wagtails_own_views_are_watched_where_they_are_about_this_app(outsider):
    row = TriageSettings.load().pk
    outsider.get(reverse("wagtailsettings:edit", args=["contact", "triagesettings", row]))
    outsider.get(reverse("wagtail_bulk_action", args=["contact", "inquiry", "assign"]))
    outsider.get(reverse("wagtail_bulk_action", args=["wagtailcore", "page", "delete"]))
    assert [entry.detail["path"] for entry in AuditEntry.objects.all()] == [
        f"/admin/settings/contact/triagesettings/{row}/",
        "/admin/bulk/contact/inquiry/assign/",
    ]


def test_visitors_and_staff_leave_no_refusal_behind(owner):
    for address in our_addresses():
        Client().get(address)
        owner.get(address)
    assert not AuditEntry.objects.filter(action="denied").exists()


def test_a_refusal_by_a_view_is_written_down_once(editor):
    editor.get(reverse("inquiry:index"))
    assert AuditEntry.objects.get().action == "denied"
