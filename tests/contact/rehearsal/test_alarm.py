"""Staff are told when the test does not arrive: once, once a day, and when it arrives again."""

import pytest
from django.db import DatabaseError, connection

from contact.delivery import deliver_due
from contact.models import Rehearsal, Trouble
from contact.rehearsal import rounds
from tests.contact.broken_databases import locked
from tests.contact.mailserver import Mailbox, listening, mail_goes_to
from tests.sites import free_port

from .conftest import STAFF

pytestmark = pytest.mark.django_db
AN_HOUR, A_DAY = 60, 24 * 60


def fail(clock) -> Rehearsal:
    """One test that nobody delivers, from its beginning to when its time is over."""
    clock.wait(AN_HOUR)
    clock.send()
    clock.wait(20)
    return clock.go_round()


def subjects(mailbox: Mailbox) -> list[str]:
    lines = [line for _address, text in mailbox.mails for line in text.splitlines()]
    return [line.removeprefix("Subject: ") for line in lines if line.startswith("Subject: ")]


ALARM, ALL_CLEAR = "The website may not be taking messages", "The website takes messages again"


def test_the_mail_says_what_is_wrong_since_when_and_what_to_do(clock, mailbox):
    clock.rehearse()
    fail(clock)
    [(address, text)] = mailbox.mails
    assert address == STAFF
    assert "the worker did not get to its notice" in text
    assert "The last one that arrived did so on" in text
    assert "manage.py doctor" in text


def test_a_test_that_is_late_by_minutes_alarms_nobody(clock, mailbox):
    clock.send()
    clock.wait(15)
    clock.go_round()
    assert mailbox.mails == []


def test_the_same_trouble_is_told_once_a_day(clock, mailbox):
    for _hour in range(5):
        fail(clock)
    assert subjects(mailbox) == [ALARM]
    clock.wait(A_DAY)
    clock.go_round()
    assert subjects(mailbox) == [ALARM, ALARM]


def test_another_trouble_is_told_at_once(clock, mailbox):
    fail(clock)
    Rehearsal.objects.update(over_http=True)
    fail(clock)
    assert subjects(mailbox) == [ALARM, ALARM]
    assert "did not show its form" in mailbox.mails[1][1]


def test_staff_hear_when_it_arrives_again_and_hear_it_once(clock, mailbox):
    fail(clock)
    for _hour in range(2):
        clock.wait(AN_HOUR)
        clock.rehearse()
    assert subjects(mailbox) == [ALARM, ALL_CLEAR]


def test_a_mail_server_that_is_away_gets_the_alarm_when_it_is_back(clock):
    mailbox, port = Mailbox(), free_port()
    with mail_goes_to(port):
        clock.send()
        deliver_due()
        clock.wait(20)
        assert clock.go_round().trouble == Trouble.MAIL
        with listening(mailbox, port):
            clock.go_round()
            assert mailbox.mails == []  # Not in each round: that would hold up the clock.
            clock.wait(11)
            clock.go_round()
            clock.wait(11)
            clock.go_round()
    assert subjects(mailbox) == [ALARM]


def test_with_nobody_to_tell_the_clock_goes_on(clock, mailbox, settings, caplog):
    settings.INQUIRY_NOTICE_EMAILS = []
    fail(clock)
    assert mailbox.mails == []
    assert "The test inquiry did not arrive" in caplog.text


def test_of_two_clocks_one_tells(clock, mailbox):
    run = fail(clock)
    Rehearsal.objects.update(told="", told_at=None)
    run.told, run.told_at = "", None
    other = Rehearsal.objects.get()
    rounds.alarm.tell(run, rounds.timezone.now())
    rounds.alarm.tell(other, rounds.timezone.now())
    assert subjects(mailbox) == [ALARM, ALARM]  # One of `fail`, and one of the two.


def go_round_without_database(clock, minutes: float) -> None:
    clock.wait(minutes)
    with pytest.raises(DatabaseError):
        rounds.go_round()


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_locked_is_told_once_a_day(clock, mailbox, caplog):
    clock.go_round()
    with locked():
        for minutes in (4, 19):
            go_round_without_database(clock, minutes)
        assert mailbox.mails == []
        for minutes in (1, 60):
            go_round_without_database(clock, minutes)
        assert subjects(mailbox) == [ALARM]
        assert "the database could not be read or written" in mailbox.mails[0][1]
        go_round_without_database(clock, A_DAY)
    assert subjects(mailbox) == [ALARM, ALARM]
    assert "The test inquiry did not arrive: the database fails." in caplog.text


def test_a_database_that_cannot_even_be_read_is_told_as_well(clock, mailbox):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE contact_rehearsal RENAME TO gone")
    rounds._failing_since.append(rounds.timezone.now())
    clock.wait(20)
    with pytest.raises(DatabaseError):
        rounds.go_round()
    assert subjects(mailbox) == [ALARM]
