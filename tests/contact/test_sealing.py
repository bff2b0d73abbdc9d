"""Sealing: what goes in comes out, in its own place and nowhere else."""

import base64

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from contact import sealing
from contact.sealing import Damaged, Key, KeyRing, Place, UnknownKey

OLD, NEW = Key(b"o" * 32), Key(b"n" * 32)
RING = KeyRing([NEW, OLD])
PLACE = Place("table", "column", "row")
texts = st.text(st.characters(exclude_categories=["Cs"]))
names = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
places = st.builds(Place, names, names, names)


@given(texts, places)
def test_what_is_sealed_opens_in_its_place(text, place):
    assert RING.open(RING.seal(text, place), place) == text


@given(texts, places, places)
def test_a_token_opens_nowhere_else(text, place, other):
    token = RING.seal(text, place)
    if place != other:
        with pytest.raises(Damaged):
            RING.open(token, other)


@given(st.data())
def test_a_token_with_one_character_changed_does_not_open(data):
    token = RING.seal("A private message.", PLACE)
    position = data.draw(st.integers(0, len(token) - 1))
    character = data.draw(st.characters().filter(lambda c: c != token[position]))
    with pytest.raises(sealing.SealingError):
        RING.open(token[:position] + character + token[position + 1 :], PLACE)


def test_a_token_is_spelled_in_one_way_only():
    token = RING.seal("A private message.", PLACE)
    assert token[-1] == "="
    token = token[:-1]
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".replace(
        token[-1], ""
    ):
        with pytest.raises(Damaged):
            RING.open(token[:-1] + last + "=", PLACE)


@given(st.data())
def test_a_cut_token_does_not_open(data):
    token = RING.seal("A private message.", PLACE)
    length = data.draw(st.integers(0, len(token) - 1))
    with pytest.raises(sealing.SealingError):
        RING.open(token[:length], PLACE)


@given(texts)
def test_plain_text_is_never_taken_for_a_token(text):
    with pytest.raises(sealing.SealingError):
        RING.open(text, PLACE)
    with pytest.raises(sealing.SealingError):
        RING.open(f"{sealing.VERSION}.{NEW.id}.{text}", PLACE)


@given(st.integers(0, 60))
def test_short_texts_of_any_length_look_alike(length):
    assert len(RING.seal("x" * length, PLACE)) == len(RING.seal("", PLACE))


def test_the_same_text_never_gives_the_same_token():
    assert RING.seal("text", PLACE) != RING.seal("text", PLACE)


def test_an_error_never_quotes_the_text_or_the_token():
    token = RING.seal("marker", PLACE)
    with pytest.raises(Damaged) as caught:
        RING.open(token, PLACE._replace(row="other"))
    assert token not in str(caught.value)
    assert "marker" not in str(caught.value)


def test_an_old_key_still_opens_and_is_known_to_be_old():
    token = KeyRing([OLD]).seal("text", PLACE)
    assert RING.open(token, PLACE) == "text"
    assert not RING.sealed_with_current(token)
    assert RING.sealed_with_current(RING.seal("text", PLACE))


def test_a_missing_key_is_named():
    token = KeyRing([OLD]).seal("text", PLACE)
    with pytest.raises(UnknownKey, match=OLD.id) as caught:
        KeyRing([NEW]).open(token, PLACE)
    assert caught.value.key_id == OLD.id


@given(texts)
def test_an_index_term_is_found_under_every_key_and_only_in_its_index(value):
    stored = KeyRing([OLD]).term(value, "email")
    assert stored in RING.terms(value, "email")
    assert stored not in RING.terms(value, "phone")
    assert not RING.term_is_current(stored)
    assert RING.term_is_current(RING.term(value, "email"))


def test_each_column_has_a_key_of_its_own():
    other = PLACE._replace(column="other")
    assert sealing._derive(b"k" * 32, 32, "column", *PLACE[:2]) != sealing._derive(
        b"k" * 32, 32, "column", *other[:2]
    )


SECRET = bytes(range(200, 232))  # The same in every process, since it names tests.


@pytest.mark.parametrize(
    "spelling",
    [
        SECRET.hex(),
        SECRET.hex().upper(),
        base64.b64encode(SECRET).decode(),
        base64.b64encode(SECRET).decode().rstrip("="),
        base64.urlsafe_b64encode(SECRET).decode(),
        sealing.LOCAL_MARK + base64.urlsafe_b64encode(SECRET).decode().rstrip("="),
    ],
)
def test_a_key_may_be_written_in_any_of_these_ways(settings, spelling):
    settings.ENCRYPTION_KEYS = [spelling]
    assert sealing.key_ring().current.id == Key(SECRET).id


@pytest.mark.parametrize("bad", ["short", "z" * 64, "ü" * 43, "", SECRET.hex()[:-1]])
def test_a_bad_key_is_refused_without_being_shown(settings, bad):
    settings.ENCRYPTION_KEYS = [SECRET.hex(), bad]
    with pytest.raises(ImproperlyConfigured, match="Key number 2") as caught:
        sealing.key_ring()
    assert not bad or bad not in str(caught.value)
    assert SECRET.hex() not in str(caught.value)


def test_no_keys_are_refused(settings):
    settings.ENCRYPTION_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="empty"):
        sealing.key_ring()
