"""Whose post it is: only as far as a network goes, on the word of proxies that we trust."""

import datetime

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from contact.limits import key_of
from contact.sender import Sender, network_of

NOON = datetime.datetime(2026, 3, 6, 12, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("proxies", "forwarded", "network"),
    [
        (0, "", "192.0.2.0/24"),
        (0, "203.0.113.9", "192.0.2.0/24"),
        (1, "203.0.113.9", "203.0.113.0/24"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.0/24"),
        (2, "1.1.1.1, 198.51.100.1, 203.0.113.9", "198.51.100.0/24"),
        (2, "203.0.113.9", "192.0.2.0/24"),
        (1, "", "192.0.2.0/24"),
        (1, "2001:db8:1:2:3::4", "2001:db8:1::/56"),
        (1, "[2001:db8:1:2:3::4]:443", "2001:db8:1::/56"),
        (1, "203.0.113.9:5012", "203.0.113.0/24"),
        (1, "::ffff:203.0.113.9", "203.0.113.0/24"),
        (1, "unknown", ""),
    ],
)
def test_the_network_is_what_trusted_proxies_say(settings, proxies, forwarded, network):
    settings.TRUSTED_PROXIES = proxies
    request = RequestFactory().post(
        "/contact/", REMOTE_ADDR="192.0.2.7", HTTP_X_FORWARDED_FOR=forwarded
    )
    assert Sender.of(request).network == network


@given(st.text())
def test_no_address_breaks_anything(text):
    assert network_of(text) == "" or "/" in network_of(text)


@given(st.ip_addresses(v=4), st.ip_addresses(v=4))
def test_only_neighbours_share_a_network(one, other):
    are_neighbours = str(one).rpartition(".")[0] == str(other).rpartition(".")[0]
    assert (network_of(str(one)) == network_of(str(other))) == are_neighbours


def test_the_key_of_a_network_changes_every_day_and_shows_nothing(settings):
    key = key_of("192.0.2.0/24", NOON)
    assert "192" not in key or len(key) == 64
    assert key == key_of("192.0.2.0/24", NOON + datetime.timedelta(hours=11))
    assert key != key_of("192.0.2.0/24", NOON + datetime.timedelta(hours=12))
    assert key != key_of("192.0.3.0/24", NOON)
    settings.SECRET_KEY = "another"
    assert key != key_of("192.0.2.0/24", NOON)
