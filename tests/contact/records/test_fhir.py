"""The FHIR bundle: valid R4, and nothing of an inquiry is lost in it.

`fhir-r4.schema.json` is the JSON schema that HL7 publishes with R4 (4.0.1), cut down to the
resources that we write; whatever else stands in a bundle fails. It does not know which elements
are required, nor how they hang together: that is tested by hand below, from the pages of R4.
"""

import datetime
import json
from functools import cache
from pathlib import Path

import fastjsonschema
import pytest
from django.contrib.auth import get_user
from hypothesis import given
from hypothesis import strategies as st

from contact.models import Note, Status
from contact.records import facts
from contact.records.fhir import PLACED, TASK_STATUS, FhirBundle, as_string

from ..test_fields import overwrite
from .conftest import export

SCHEMA = Path(__file__).with_name("fhir-r4.schema.json")
ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason"


@cache
def validator():
    return fastjsonschema.compile(json.loads(SCHEMA.read_text()))


def check(bundle: dict) -> dict:
    """The bundle, if it is valid. Raises JsonSchemaException."""
    validator()(bundle)
    return bundle


def bundle_of(browser) -> dict:
    return check(json.loads(export(browser, format="fhir").getvalue()))


def pair(bundle: dict) -> tuple[dict, dict]:
    """The response and the task of the only inquiry."""
    response, task = (entry["resource"] for entry in bundle["entry"])
    return response, task


@pytest.fixture
def full(noted, make_inquiry, django_user_model):
    """An inquiry of which every field says something."""
    for field in noted._meta.concrete_fields:
        if field.name not in {*facts.NOT_RELEASED, *facts.HEAD, "duplicate_of", "assigned_to"}:
            setattr(noted, field.name, _something(field, noted))
    noted.status, noted.quarantine_reasons = "spam", ["links"]
    noted.assigned_to = django_user_model.objects.get(email="ines@example.org")
    noted.duplicate_of = make_inquiry(status="closed", closed_at=noted.created_at)
    noted.save()
    return noted


def _something(field, row):
    if field.choices:
        return field.choices[0][0]
    kinds = {"BooleanField": True, "DateTimeField": row.created_at}
    return kinds.get(field.get_internal_type(), {2: "OR", 12: "en"}.get(field.max_length, "words"))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda bundle: bundle.update(type="heap"),
        lambda bundle: bundle.update(note="x"),
        lambda bundle: bundle["entry"][1]["resource"].update(status="new"),
        lambda bundle: bundle["entry"][0]["resource"].update(authored="yesterday"),
        lambda bundle: bundle["entry"][0]["resource"]["item"][0].update(text="a\u00a0b"),
    ],
)
def test_the_schema_finds_what_is_wrong(inquiry, owner, spoil):
    bundle = bundle_of(owner)
    spoil(bundle)
    with pytest.raises(fastjsonschema.JsonSchemaException):
        check(bundle)


def test_a_bundle_with_everything_in_it_is_valid_and_complete(full, owner):
    response = export(owner, format="fhir", status=["spam"])
    assert response["Content-Type"] == "application/fhir+json; charset=utf-8"
    answers, task = pair(check(json.loads(response.getvalue())))
    assert [item["linkId"] for item in answers["item"]] == list(facts.SAID)
    assert {i["type"]["coding"][0]["code"] for i in task["input"]} == set(facts.DONE) - PLACED
    placed = {"partOf", "owner", "restriction", "businessStatus", "lastModified", "note"}
    assert placed <= task.keys()
    assert answers["language"] == "en"


def test_an_inquiry_with_almost_nothing_in_it_is_valid(make_inquiry, owner):
    make_inquiry(name=" ")
    answers, task = pair(bundle_of(owner))
    assert "name" not in [item["linkId"] for item in answers["item"]]
    assert "note" not in task


def test_a_bundle_without_any_inquiry_is_valid(db):
    """As it is when everything was erased between the form and the download."""
    bundle = FhirBundle(datetime.UTC)
    assert "entry" not in check(json.loads(bundle.begin() + bundle.end()))


def test_what_r4_requires_is_there(noted, owner):
    bundle = bundle_of(owner)
    answers, task = pair(bundle)
    assert bundle["type"] == "collection"
    assert (answers["status"], task["status"], task["intent"]) == (
        "completed",
        "requested",
        "order",
    )
    assert all(i["type"] and len(i) == 2 for i in task["input"])  # Task.input.value[x] is 1..1.
    assert all(note["text"] for note in task["note"])
    full_urls = [entry["fullUrl"] for entry in bundle["entry"]]
    assert len(set(full_urls)) == 2  # bdl-7
    assert full_urls == [f"urn:uuid:{resource['id']}" for resource in (answers, task)]
    assert task["lastModified"] >= task["authoredOn"]  # inv-1


def test_the_task_points_at_the_answers_and_carries_the_reference(noted, owner):
    answers, task = pair(bundle_of(owner))
    assert task["focus"]["reference"] == f"urn:uuid:{answers['id']}"
    assert answers["identifier"] == task["identifier"][0]
    assert answers["identifier"]["value"] == noted.reference
    assert task["note"][0]["authorString"] == "ines@example.org"
    assert task["note"][0]["text"] == "Nobody answered: Called her, no answer."


def test_the_answers_name_the_contact_page_as_their_questionnaire(contact_page, inquiry, owner):
    answers, _task = pair(bundle_of(owner))
    assert answers["questionnaire"] == "http://testserver/contact/"


def test_every_status_has_one_of_fhir():
    codes = json.loads(SCHEMA.read_text())["definitions"]["Task"]["properties"]["status"]["enum"]
    assert set(TASK_STATUS) == set(Status)
    assert set(TASK_STATUS.values()) <= set(codes)


def test_a_text_that_cannot_be_opened_is_marked_absent(inquiry, owner):
    overwrite(inquiry, "damaged")
    answers, _task = pair(bundle_of(owner))
    message = {item["linkId"]: item["answer"] for item in answers["item"]}["message"]
    assert message == [{"_valueString": {"extension": [{"url": ABSENT, "valueCode": "error"}]}}]


def test_a_note_that_cannot_be_opened_is_marked_absent(inquiry, owner, settings, new_key):
    Note(inquiry=inquiry, text="Called.").save()
    account = get_user(owner)
    settings.ENCRYPTION_KEYS = [new_key]
    owner.force_login(account)  # Sessions were sealed with the lost key too.
    _answers, task = pair(bundle_of(owner))
    assert task["note"][0]["_text"]["extension"][0]["url"] == ABSENT


@given(st.text())
def test_any_text_becomes_a_string_that_r4_allows(text):
    item = {"linkId": "message", "text": as_string("x" + text)}
    response = {"resourceType": "QuestionnaireResponse", "status": "completed", "item": [item]}
    check({"resourceType": "Bundle", "type": "collection", "entry": [{"resource": response}]})


def test_control_characters_are_replaced():
    """The schema lets them through; R4's rule for strings does not."""
    assert as_string("a\x00b\x1fc\td\r\n") == "a\ufffdb\ufffdc\td\r\n"


@given(st.text(st.characters(min_codepoint=33, exclude_categories=["C", "Z"])))
def test_a_text_without_odd_characters_stays_as_it_is(text):
    assert as_string(text) == text
