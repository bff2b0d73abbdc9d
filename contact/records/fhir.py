"""Inquiries as FHIR R4 (4.0.1) JSON: one `Bundle` of type `collection`, for another system.

Each inquiry is two resources (see http://hl7.org/fhir/R4/questionnaireresponse.html and
http://hl7.org/fhir/R4/task.html). The `QuestionnaireResponse` is what the person said: an item
for each field of the form, whose `linkId` is the field's name. The `Task` is the work of answering:
it points at the response (`focus`), holds the reference as its identifier, the due time as
`restriction.period.end`, the notes as annotations, and as `input` what FHIR has no place for.
What is empty is left out. A text that cannot be opened is there without its value, with the
extension `data-absent-reason` and the code `error`, as
http://hl7.org/fhir/R4/extension-data-absent-reason.html has it.

Strings are the text as it was written, save for what R4's rule for strings does not allow
(http://hl7.org/fhir/R4/datatypes.html#string): control characters become U+FFFD, and blanks other
than space, tab and line end become a space.
"""

import datetime
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils import timezone

from ..models import ContactPage, Inquiry, Note, Status
from .facts import DONE, SAID, Choice, Unreadable, Value, in_zone, label_of, sealed_value, value_of

# Our states as http://hl7.org/fhir/R4/valueset-task-status.html defines its own. The task is to
# answer, so a person who was referred has been answered. Our state stands in `businessStatus`.
TASK_STATUS = {
    Status.NEW: "requested",  # "Ready to be acted upon and action is sought."
    Status.CONTACT_ATTEMPTED: "in-progress",  # "Started but not yet complete."
    Status.IN_CONVERSATION: "in-progress",
    Status.BOOKED: "in-progress",  # Still open here: somebody has something to do.
    Status.REFERRED: "completed",
    Status.CLOSED: "completed",
    Status.SPAM: "entered-in-error",  # "The task should never have existed."
}
# What has a place of its own in a Task.
PLACED = frozenset({"language", "status", "assigned_to", "due_at", "changed_at", "duplicate_of"})
ABSENT = {
    "extension": [
        {
            "url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason",
            "valueCode": "error",
        }
    ]
}
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
OTHER_BLANK = re.compile(r"[^\S \t\r\n]|\ufeff")  # The mark is a blank to JavaScript's validators.


def as_string(text: str) -> str:
    """The text as R4 allows strings to be."""
    return OTHER_BLANK.sub(" ", CONTROL.sub("\ufffd", text))


class FhirBundle:
    """Writes inquiries as one FHIR Bundle, with times in one zone."""

    content_type = "application/fhir+json; charset=utf-8"
    suffix = "json"

    def __init__(self, zone: datetime.tzinfo) -> None:
        self._zone = zone
        self._lead = ', "entry": ['  # FHIR knows no empty list, so the first entry opens it.
        page = ContactPage.objects.first()
        self._questionnaire = page.canonical_url() if page else f"{settings.SITE_URL}/contact/"

    def begin(self) -> str:
        """The bundle up to where its entries follow."""
        bundle = {
            "resourceType": "Bundle",
            "id": str(uuid.uuid4()),
            "type": "collection",
            "timestamp": in_zone(timezone.now(), self._zone),
        }
        return json.dumps(bundle)[:-1]

    def entries(self, inquiry: Inquiry) -> Iterator[str]:
        """The two entries of an inquiry."""
        for resource in (self._response(inquiry), self._task(inquiry)):
            entry = {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource}
            yield self._lead + json.dumps(entry, ensure_ascii=False)
            self._lead = ",\n"

    def end(self) -> str:
        return "}" if self._lead.startswith(', "') else "]}"

    def _typed(self, value: Value) -> dict[str, Any] | None:
        """The value under FHIR's name for its type; None for nothing."""
        if isinstance(value, Unreadable):
            return {"_valueString": ABSENT}
        if isinstance(value, bool):
            return {"valueBoolean": value}
        if isinstance(value, datetime.datetime):
            return {"valueDateTime": in_zone(value, self._zone)}
        if isinstance(value, Choice):
            return {"valueCoding": {"code": value.code, "display": value.label}}
        return {"valueString": as_string(value)} if value and value.strip() else None

    def _typed_facts(self, inquiry: Inquiry, names: Any) -> list[tuple[str, dict[str, Any]]]:
        """The facts that there are, each with its name."""
        typed = ((name, self._typed(value_of(inquiry, name))) for name in names)
        return [(name, value) for name, value in typed if value]

    def _response(self, inquiry: Inquiry) -> dict[str, Any]:
        """What the person said."""
        return {
            "resourceType": "QuestionnaireResponse",
            "id": str(inquiry.pk),
            **({"language": inquiry.language} if inquiry.language else {}),
            "identifier": _identifier(inquiry.reference),
            "questionnaire": self._questionnaire,
            "status": "completed",
            "authored": in_zone(inquiry.created_at, self._zone),
            "item": [
                {"linkId": name, "text": label_of(name), "answer": [value]}
                for name, value in self._typed_facts(inquiry, SAID)
            ],
        }

    def _task(self, inquiry: Inquiry) -> dict[str, Any]:
        """The work of answering."""
        status = inquiry.state_of_work
        more = [name for name in DONE if name not in PLACED]
        return {
            "resourceType": "Task",
            "id": str(uuid.uuid5(inquiry.pk, "task")),
            "identifier": [_identifier(inquiry.reference)],
            **self._placed_if_any(inquiry),
            "status": TASK_STATUS[status],
            "businessStatus": {"coding": [{"code": status.value}], "text": str(status.label)},
            "intent": "order",
            "code": {"text": "Answer an inquiry"},
            "focus": {"reference": f"urn:uuid:{inquiry.pk}"},
            "authoredOn": in_zone(inquiry.created_at, self._zone),
            "lastModified": in_zone(inquiry.changed_at, self._zone),
            "input": [
                {"type": {"coding": [{"code": name}], "text": label_of(name)}, **value}
                for name, value in self._typed_facts(inquiry, more)
            ],
        }

    def _placed_if_any(self, inquiry: Inquiry) -> dict[str, Any]:
        """The elements of a Task that are left out when there is nothing in them."""
        found: dict[str, Any] = {}
        if merged_with := value_of(inquiry, "duplicate_of"):
            found["partOf"] = [{"type": "Task", "identifier": _identifier(str(merged_with))}]
        if owner := value_of(inquiry, "assigned_to"):
            found["owner"] = {"display": str(owner)}
        if inquiry.due_at:
            found["restriction"] = {"period": {"end": in_zone(inquiry.due_at, self._zone)}}
        if notes := [self._annotation(note) for note in inquiry.notes.all()]:
            found["note"] = notes
        return found

    def _annotation(self, note: Note) -> dict[str, Any]:
        """A note with its author and time. Its kind stands in front of the text."""
        kind = dict(note._meta.get_field("kind").flatchoices)[note.kind]
        text = sealed_value(note, "text")
        author = {"authorString": note.author.get_username()} if note.author else {}
        said: dict[str, Any] = (
            {"_text": ABSENT}
            if isinstance(text, Unreadable)
            else {"text": as_string(f"{kind}: {text}" if text else str(kind))}
        )
        return {**author, "time": in_zone(note.created_at, self._zone), **said}


def _identifier(reference: str) -> dict[str, str]:
    return {"system": f"{settings.SITE_URL}/inquiries", "value": reference}
