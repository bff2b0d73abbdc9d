"""Phone numbers: any sensible spelling is read, and kept as E.164."""

import re

import phonenumbers
import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from contact.forms import read_phone
from contact.models.blind import normal_phone
from contact.phone import stored_form

E164 = re.compile(r"\+[1-9][0-9]{3,14}(;ext=[0-9]+)?", re.ASCII)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("503 555 0100", "+15035550100"),
        ("(503) 555-0100", "+15035550100"),
        ("1-503-555-0100", "+15035550100"),
        ("+1.503.555.0100", "+15035550100"),
        ("503\u2011555\u20110100", "+15035550100"),
        ("503/555 0100", "+15035550100"),
        (" 503 555 0100\t", "+15035550100"),
        ("٥٠٣٥٥٥٠١٠٠", "+15035550100"),
        ("503 555 CALL", "+15035552255"),
        ("Cell: 503 555 0100", "+15035550100"),
        ("503 555 0100 (mobile)", "+15035550100"),
        ("tel:+1-503-555-0100", "+15035550100"),
        ("+1 503 555 0100 ext. 12", "+15035550100;ext=12"),
        ("5035550100x7", "+15035550100;ext=7"),
        ("503 555 0100, ext 007", "+15035550100;ext=007"),
        ("+44 (0)20 7946 0018", "+442079460018"),
        ("011 44 20 7946 0018", "+442079460018"),
        ("0044 20 7946 0018", "+442079460018"),
        ("+49 30 901820", "+4930901820"),
        ("123 456 7890", "+11234567890"),
    ],
)
def test_a_phone_number_may_be_spelled_in_any_usual_way(typed, stored):
    assert read_phone(typed) == stored


@pytest.mark.parametrize(
    "typed",
    ["", "call me", "12345", "555-0100", "1" * 16, "+", "503 555 0100 or 503 555 0199", "x" * 9999],
)
def test_what_is_no_phone_number_is_refused_in_plain_words(typed):
    with pytest.raises(ValidationError, match="Enter a phone number with its area code"):
        read_phone(typed)


@pytest.mark.parametrize(
    "typed", ["do not call, text 503 555 0100", "503 555 0100 ask for nobody but me"]
)
def test_words_beside_the_number_are_never_dropped_without_a_word(typed):
    with pytest.raises(ValidationError):
        read_phone(typed)


@given(st.text() | st.text("0123456789 ()+-.;extX#/,"))
def test_reading_a_phone_number_gives_e164_or_refuses(text):
    try:
        number = read_phone(text)
    except ValidationError:
        return
    assert E164.fullmatch(number)
    assert read_phone(number) == number


spellings = st.sampled_from(["{} {} {}", "({}) {}-{}", "{}.{}.{}", "1-{}-{}-{}", "+1 ({}) {} {}"])


@given(
    spellings,
    st.integers(200, 999),
    st.integers(200, 999),
    st.integers(0, 9999),
    st.none() | st.integers(0, 999_999),
)
def test_every_us_number_is_the_same_in_every_spelling(spelling, area, exchange, line, extension):
    typed = spelling.format(area, exchange, f"{line:04}")
    plain = f"+1{area}{exchange}{line:04}"
    if extension is None:
        assert read_phone(typed) == plain
    else:
        assert read_phone(f"{typed} ext. {extension}") == f"{plain};ext={extension}"


@pytest.mark.parametrize("region", sorted(phonenumbers.SUPPORTED_REGIONS))
def test_a_number_of_any_country_is_read_as_its_own_people_write_it_abroad(region):
    example = phonenumbers.example_number(region)
    written = phonenumbers.format_number(example, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    assert read_phone(written) == phonenumbers.format_number(
        example, phonenumbers.PhoneNumberFormat.E164
    )


@pytest.mark.parametrize("typed", ["503 555 0100", "+1 (503) 555-0100 x4", "+15035550100;ext=4"])
def test_staff_find_a_number_in_whichever_spelling(typed):
    assert normal_phone(typed) == "15035550100"


def test_a_text_that_is_far_too_long_is_refused_without_being_looked_at():
    """Looked at by patterns, this one took minutes."""
    assert stored_form("5" + "(" * 400_000 + "x") is None
