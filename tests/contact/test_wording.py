"""The trail in words."""

import pytest

from contact import audit
from contact.models import Action, AuditEntry
from contact.wording import in_words, lines


@pytest.mark.parametrize(
    ("action", "detail", "words"),
    [
        ("opened", {}, "Opened"),
        ("changed", {"status": ["new", "booked"]}, "Changed: status from “New” to “Booked”"),
        ("changed", {"status": ["gone", "booked"]}, "Changed: status from “gone” to “Booked”"),
        ("changed", {"owner": ["", "a@example.org"]}, "Changed: given to a@example.org"),
        ("changed", {"owner": ["a@example.org", ""]}, "Changed: taken from a@example.org"),
        ("changed", {"hold": True}, "Changed: put on hold"),
        ("noted", {"attempt": "voicemail"}, "Note added: I left a voicemail"),
        ("searched", {"by": "email", "found": 2}, "Searched: by e-mail, 2 found"),
        ("received", {"source": "phone"}, "Received: Phone call"),
        ("denied", {"path": "/admin/", "method": "GET"}, "Refused: path: /admin/, method: GET"),
    ],
)
def test_an_entry_reads_like_a_sentence(action, detail, words):
    assert in_words(AuditEntry(action=action, detail=detail)) == words


def test_the_same_thing_several_times_in_a_row_is_one_line(db):
    for action in (Action.OPENED, Action.OPENED, Action.NOTED, Action.OPENED):
        audit.record(action, reference="AAAA-AAAA")
    found = [(line.words, line.times) for line in lines(AuditEntry.objects.order_by("-sequence"))]
    assert found == [("Opened", 1), ("Note added", 1), ("Opened", 2)]
