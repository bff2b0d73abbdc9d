"""Reply templates, filled in for one inquiry: a letter for the own mail program, or a script."""

import re
from typing import NamedTuple
from urllib.parse import quote

from django.contrib.auth.models import AbstractBaseUser

from pages.models import PracticeSettings

from ..models import Inquiry, ReplyTemplate
from .reading import Reading

PLACE = re.compile(r"\{(\w+)\}")


class Reply(NamedTuple):
    """A template as it reads for one person. `mailto` is empty for a call."""

    title: str
    text: str
    mailto: str


def _filled_in(text: str, facts: dict[str, str]) -> str:
    """The text with its places filled in, once: braces in a fact stay what they are."""
    return PLACE.sub(lambda place: facts.get(place[1], place[0]), text)


def replies_to(inquiry: Inquiry, reading: Reading, user: AbstractBaseUser) -> list[Reply]:
    """The templates for the way in which the person wants to be reached."""
    practice = PracticeSettings.load()
    facts = {
        "name": reading.name.text,
        "reference": inquiry.reference,
        "practice": practice.name,
        "phone": practice.phone,
        "me": user.get_full_name() if hasattr(user, "get_full_name") else "",
    }
    return [
        _reply(template, reading, facts)
        for template in ReplyTemplate.objects.filter(contact_by=inquiry.contact_by)
    ]


def _reply(template: ReplyTemplate, reading: Reading, facts: dict[str, str]) -> Reply:
    text, subject = _filled_in(template.body, facts), _filled_in(template.subject, facts)
    if not reading.email.text or template.contact_by != "email":
        return Reply(template.title, text, "")
    # A line break in an address is CR LF (RFC 6068, section 5).
    body = quote("\r\n".join(text.splitlines()))
    return Reply(template.title, text, f"{reading.mailto}?subject={quote(subject)}&body={body}")
