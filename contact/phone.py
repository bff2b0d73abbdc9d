"""Phone numbers: read in any sensible spelling, kept in one."""

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

HOME_REGION = "US"  # Where a number without a country code is.
KIND_OF_PHONE = r"(?:tel(?:ephone)?|phone|ph|cell(?:phone)?|mobile|home|work|office)"
KIND_BEFORE = re.compile(rf"^\(?{KIND_OF_PHONE}\b[\s.:)\-]*", re.IGNORECASE)
KIND_AFTER = re.compile(rf"[\s(,\-]+{KIND_OF_PHONE}[\s.)]*$", re.IGNORECASE)


# Longer than any number with its country, an extension and a word for its kind. What is longer is
# refused before it is looked at: patterns take too long over long texts.
LONGEST = 60


def _bare(text: str) -> str:
    """The number without a word for its kind, and 00 as the plus sign that it stands for."""
    text = KIND_AFTER.sub("", KIND_BEFORE.sub("", text.strip()))
    return "+" + text[2:] if text.startswith("00") else text


def shown_form(stored: str) -> str:
    """A stored number as people read it out: `+1 503-555-0100 ext. 12`. Nothing for nothing."""
    number, _semicolon, extension = stored.partition(";ext=")
    try:
        parsed = phonenumbers.parse(number)
    except NumberParseException:
        return stored
    shown = phonenumbers.format_number(parsed, PhoneNumberFormat.INTERNATIONAL)
    return f"{shown} ext. {extension}" if extension else shown


def stored_form(text: str) -> str | None:
    """A number as it is stored: E.164, with its extension if it has one: `+15035550100;ext=12`.

    None for anything that is no number with an area code, and for words that would get lost. What
    the numbering plan merely does not list yet is taken: refusing it would refuse a person.
    """
    if len(text) > LONGEST:
        return None
    bare = _bare(text)
    if bare[:1].isalpha():
        return None
    try:
        number = phonenumbers.parse(bare, HOME_REGION)
    except NumberParseException:
        return None
    if (
        phonenumbers.is_possible_number_with_reason(number)
        != phonenumbers.ValidationResult.IS_POSSIBLE
    ):
        return None
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return plain + (f";ext={number.extension}" if number.extension else "")
