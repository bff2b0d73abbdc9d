"""Whether the same person has written before: by the blind index, without opening the others."""

from django.db.models import Count, QuerySet

from ..models import BlindTerm, Inquiry, Kind
from ..models.blind import normal_email, normal_phone
from .reading import Reading

MOST_SHOWN = 20


def _same_person(reading: Reading) -> list[QuerySet]:
    """The keys of whoever has the same e-mail address, and of whoever has the same number."""
    known = {
        Kind.EMAIL: normal_email(reading.email.text),
        Kind.PHONE: normal_phone(reading.phone.text),
    }
    return [
        BlindTerm.objects.matching(kind, value).values("inquiry_id")
        for kind, value in known.items()
        if value
    ]


def same_person(one: Inquiry, other: Inquiry) -> bool:
    """Whether two inquiries share an e-mail address or a phone number. Opens neither."""
    terms = BlindTerm.objects.filter(inquiry=one, kind__in=[Kind.EMAIL, Kind.PHONE])
    return BlindTerm.objects.filter(inquiry=other, term__in=terms.values("term")).exists()


def others_of(inquiry: Inquiry, reading: Reading) -> QuerySet[Inquiry]:
    """The other inquiries of the same person, the newest first, with nothing sealed in them.

    Those that are merged into this one stand on top; `merged_count` is how many are merged into
    each, since such an inquiry has to be separated before it can be merged itself. The keys come
    as one list: joined by OR, PostgreSQL would read the whole table.
    """
    own = Inquiry.objects.filter(duplicate_of=inquiry).values("pk")
    return (
        Inquiry.objects.filter(pk__in=own.union(*_same_person(reading), all=True))
        .exclude(pk=inquiry.pk)
        .annotate(merged_count=Count("duplicates"))
        .only("reference", "status", "created_at", "duplicate_of")
        .order_by("-created_at", "pk")[:MOST_SHOWN]
    )
