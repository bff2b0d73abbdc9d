"""Fill a database with inquiries as a practice has them after so many people have written in.

Nearly all are finished, some hundred are open at most, and some of these are put aside. Names
repeat as they do in life, so that a name's index terms are shared by many rows while an address's
are not. The index terms are real; the sealed columns all hold one token, since lists open nothing.
"""

import datetime
import itertools
import random
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from contact.models import AuditEntry, AuditHead, BlindTerm, Inquiry, Kind, Note, Notice, Status
from contact.models.blind import name_words, normal_email, with_prefixes
from contact.models.inquiry import REFERENCE_ALPHABET
from contact.sealing import key_ring

BATCH = 20_000  # Inquiries in memory at once.
FIRST = [
    "Maria",
    "James",
    "Ana",
    "Robert",
    "Mary",
    "John",
    "Linda",
    "David",
    "Sara",
    "Michael",
    "Susan",
    "Wei",
    "Aisha",
    "Noah",
    "Emma",
]
LAST = [
    "Garcia",
    "Smith",
    "Nguyen",
    "Johnson",
    "Lee",
    "Brown",
    "Martinez",
    "Khan",
    "Miller",
    "Davis",
    "Okafor",
    "Wilson",
]
RARE = 5_000  # Further family names, each as rare as most are.
MOST_OPEN = 300
GIVEN_UP = 20
OWN_ENTRIES = 1_000  # Room in the trail for what the site has written down by itself.
A_WEEK = datetime.timedelta(weeks=1)
WEEKS = 500  # As long as finished inquiries can be kept, nearly.
Row = list[Any]


def address_of(number: int) -> str:
    """The e-mail address of the person who wrote inquiry `number`."""
    return f"person{number}@example.org"


def reference_of(number: int) -> str:
    """The reference of inquiry `number`."""
    letters = []
    for _position in range(8):
        number, letter = divmod(number, len(REFERENCE_ALPHABET))
        letters.append(REFERENCE_ALPHABET[letter])
    return "".join(letters[:4]) + "-" + "".join(letters[4:])


def fill(count: int, owner_id: int) -> None:
    """Add `count` inquiries with their index, notes, notices and trail; half belong to `owner_id`.

    The same numbers every time, whatever the day.
    """
    chance = random.Random(count)
    _hurry()
    with _without_lookups(BlindTerm), _without_lookups(Inquiry), _without_lookups(AuditEntry):
        for start in range(0, count, BATCH):
            _add(chance, range(start, min(start + BATCH, count)), count, owner_id)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "postgresql" else "PRAGMA optimize")


def _hurry() -> None:
    """Do not wait for the disk on this connection: what is lost here is made again."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA cache_size=-800000")  # KiB


@transaction.atomic
def _add(chance: random.Random, numbers: range, count: int, owner_id: int) -> None:
    """Store one batch."""
    inquiries = [_inquiry(chance, number, count, owner_id) for number in numbers]
    terms = [
        {"inquiry": inquiry["id"], "kind": kind, "term": term}
        for number, inquiry in zip(numbers, inquiries, strict=True)
        for kind, term in _terms(chance, number)
    ]
    entries = list(itertools.chain.from_iterable(map(_entries, inquiries, numbers)))
    _store(Inquiry(contact_by="email", name="A", email="A", message="A"), inquiries)
    _store(BlindTerm(), terms)
    _store(Note(text="A note"), [_note(inquiry) for inquiry in inquiries[::2]])
    _store(Notice(recipient="intake@example.org"), list(map(_notice, inquiries, numbers)))
    _store(AuditEntry(hash="0" * 64, previous="0" * 64), entries)
    AuditHead.objects.update_or_create(
        pk=1, defaults={"sequence": entries[-1]["sequence"], "hash": "0" * 64}
    )


def _inquiry(chance: random.Random, number: int, count: int, owner_id: int) -> dict[str, Any]:
    """Inquiry `number` of `count`, counted from the oldest. The last are open, a tenth at most."""
    received = timezone.now() - WEEKS * A_WEEK * (1 - number / count)
    age = count - number
    facts = {
        "id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "reference": reference_of(number * 7919),
        "submission_id": uuid.UUID(int=chance.getrandbits(128), version=4),
        "created_at": received,
        "assigned_to": owner_id if number % 2 else None,
        "topic": "Cost" if number % 3 else "",
    }
    if age <= min(MOST_OPEN, count // 10):
        status = (Status.NEW, Status.CONTACT_ATTEMPTED, Status.IN_CONVERSATION)[age % 3]
        due = timezone.now() + datetime.timedelta(hours=age % 50 - 10)
        return facts | {"status": status, "due_at": due, "quarantined": age % 7 == 0}
    status = chance.choices((Status.CLOSED, Status.REFERRED, Status.SPAM), (80, 15, 5))[0]
    answered = received + datetime.timedelta(hours=chance.randrange(1, 90))
    ended = min(answered + A_WEEK, timezone.now())
    return facts | {"status": status, "answered_at": answered, "closed_at": ended}


def _terms(chance: random.Random, number: int) -> Iterator[tuple[str, str]]:
    """What an inquiry is found by. Every third person has written before."""
    family = chance.choice(LAST) if chance.random() < 0.3 else f"Rare{chance.randrange(RARE)}"
    writer = number if number % 3 else number // 2
    yield Kind.EMAIL, key_ring().term(normal_email(address_of(writer)), Kind.EMAIL)
    yield Kind.PHONE, key_ring().term(f"1503{number % 10**7:07}", Kind.PHONE)
    for term in _name_terms(f"{chance.choice(FIRST)} {family}"):
        yield Kind.NAME, term


@cache
def _name_terms(name: str) -> list[str]:
    return [key_ring().term(word, Kind.NAME) for word in with_prefixes(name_words(name))]


def _note(inquiry: dict[str, Any]) -> dict[str, Any]:
    return {"id": uuid.uuid4(), "inquiry": inquiry["id"], "created_at": inquiry["created_at"]}


def _notice(inquiry: dict[str, Any], number: int) -> dict[str, Any]:
    """Its mail to staff: it went out, except for the first few."""
    if number < GIVEN_UP:
        return {"inquiry": inquiry["id"], "dead": True, "attempts": 20}
    return {"inquiry": inquiry["id"], "sent_at": inquiry["created_at"], "attempts": 1}


def _entries(inquiry: dict[str, Any], number: int) -> Iterator[dict[str, Any]]:
    """Its lines in the trail, not chained: nobody walks them here."""
    for offset, action in enumerate(("received", "opened", "changed"), start=1):
        yield {
            "sequence": OWN_ENTRIES + number * 3 + offset,
            "action": action,
            "reference": inquiry["reference"],
            "created_at": inquiry["created_at"],
            "actor": "" if action == "received" else "intake@example.org",
        }


def _store(template: models.Model, rows: list[dict[str, Any]]) -> None:
    """Insert rows that are like `template` but for the columns that each row names.

    The template is prepared once, and only what differs is prepared for each row: Django's own
    way would take minutes where this takes seconds.
    """
    fields = [f for f in template._meta.concrete_fields if not isinstance(f, models.AutoField)]
    same = [f.get_db_prep_save(f.pre_save(template, add=True), connection) for f in fields]
    differing = [(n, f) for n, f in enumerate(fields) if any(f.name in row for row in rows)]
    _insert(
        template._meta.db_table, [str(f.column) for f in fields], _prepared(rows, same, differing)
    )


def _prepared(rows: list[dict[str, Any]], same: Row, differing: list[Any]) -> Iterator[Row]:
    for row in rows:
        values = same.copy()
        for position, field in differing:
            if field.name in row:
                values[position] = field.get_db_prep_save(row[field.name], connection)
        yield values


def _insert(table: str, columns: list[str], rows: Iterator[Row]) -> None:
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))


@contextmanager
def _without_lookups(model: type[models.Model]) -> Iterator[None]:
    """Take a table's indexes away while it is filled, and build them anew in one go.

    Those that keep rows unique stay.
    """
    source = (
        "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = %s"
        if connection.vendor == "postgresql"
        else "SELECT name, sql FROM sqlite_master WHERE tbl_name = %s AND type = 'index'"
    )
    with connection.cursor() as cursor:
        cursor.execute(source, [model._meta.db_table])
        found = [(name, sql) for name, sql in cursor.fetchall() if sql and " UNIQUE " not in sql]
        for name, _sql in found:
            cursor.execute(f'DROP INDEX "{name}"')
        yield
        for _name, sql in found:
            cursor.execute(sql)
