"""The blind index: finding an inquiry by e-mail, phone or name without opening any."""

import re
import unicodedata
from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..phone import stored_form
from ..sealing import key_ring
from .inquiry import Inquiry

SHORTEST_PREFIX = 3


def normal_email(text: str) -> str:
    """An address as it is compared: capitals, width and surrounding spaces do not count."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def normal_phone(text: str) -> str:
    """A phone number as it is compared: its digits with the country's, without extension."""
    return re.sub(r"\D", "", (stored_form(text) or text).partition(";")[0])


def name_words(text: str) -> set[str]:
    """The words of a name as they are compared: without capitals and accents."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return set(re.findall(r"\w+", bare))


def with_prefixes(words: Iterable[str]) -> set[str]:
    """The words, and the beginnings of each that are three letters or longer."""
    return {
        beginning
        for word in words
        for beginning in (word, *(word[:n] for n in range(SHORTEST_PREFIX, len(word))))
    }


class Kind(models.TextChoices):
    """What a term stands for. Terms of different kinds cannot be compared."""

    EMAIL = "email", _("e-mail")
    PHONE = "phone", _("phone")
    NAME = "name", _("name")


def _values(inquiry: Inquiry) -> dict[Kind, set[str]]:
    """What an inquiry can be found by. Opens its sealed columns."""
    return {
        Kind.EMAIL: {normal_email(inquiry.email)} - {""},
        Kind.PHONE: {normal_phone(inquiry.phone)} - {""},
        Kind.NAME: with_prefixes(name_words(inquiry.name)),
    }


class BlindTermManager(models.Manager["BlindTerm"]):
    """Writes and looks up terms."""

    def made_for(self, inquiry: Inquiry) -> list["BlindTerm"]:
        """The terms of an inquiry that the current key makes; nothing is saved."""
        ring = key_ring()
        return [
            BlindTerm(inquiry=inquiry, kind=kind, term=ring.term(value, kind))
            for kind, values in _values(inquiry).items()
            for value in sorted(values)
        ]

    def write(self, inquiry: Inquiry) -> None:
        """Replace the terms of an inquiry by those that the current key makes."""
        self.filter(inquiry=inquiry).delete()
        self.bulk_create(self.made_for(inquiry))

    def matching(self, kind: Kind, value: str) -> models.QuerySet["BlindTerm"]:
        """The terms of a value that is normal already, whichever key made them."""
        return self.filter(kind=kind, term__in=key_ring().terms(value, kind))

    def made_by(self, key_id: str) -> models.QuerySet["BlindTerm"]:
        """The terms that this key has made."""
        return self.filter(term__startswith=f"{key_id}.")


class BlindTerm(models.Model):
    """One thing that an inquiry can be found by, as a keyed hash."""

    inquiry = models.ForeignKey(Inquiry, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    term = models.CharField(max_length=40)

    objects = BlindTermManager()

    class Meta:
        default_permissions = ()
        indexes = [models.Index(fields=["term", "kind"], name="blind_term_lookup")]
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "kind", "term"], name="blind_term_once")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
