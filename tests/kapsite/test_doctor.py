"""Each look of the doctor fails when something is broken, and passes once it is mended."""

import datetime
import os
import re

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from contact import audit
from contact.models import Action, AuditHead, ContactBy, Inquiry, Notice, Rehearsal, SealingKey
from contact.promise import promise_for
from kapsite import doctor, health
from kapsite.backups.envelope import make_identity
from kapsite.doctor import LOOKS, examine, machine
from kapsite.models import User
from pages.models import ArticlePage, Clinician, PracticeSettings, StandardPage
from tests.contact.mailserver import Mailbox, listening, mail_goes_to
from tests.sites import free_port

pytestmark = pytest.mark.django_db
AN_HOUR = datetime.timedelta(hours=1)
A_DAY = datetime.timedelta(days=1)
RAW = "not a token: Ada Lovelace"


@pytest.fixture
def site(planted, settings, tmp_path, monkeypatch):
    """The starter site, with what the tests change on it within reach."""
    settings.BACKUP_DIR = tmp_path

    class Site:
        pass

    site = Site()
    site.settings, site.folder, site.patch = settings, tmp_path, monkeypatch
    return site


def hint_of(name: str) -> str:
    return LOOKS[f"kapsite.{name}"].finding().hint


def make_inquiry(**values) -> Inquiry:
    """An inquiry as the form would have stored it now."""
    promise = promise_for(timezone.now(), PracticeSettings.load())
    known = {"promise": promise.text, "reply_by": promise.due_at, "due_at": promise.due_at}
    inquiry = Inquiry(name="Ada", contact_by=ContactBy.EMAIL, language="en", **known | values)
    inquiry.save()
    return inquiry


def set_raw(table: str, column: str, value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])  # noqa: S608 - our own names


# Each of these is told the site, breaks one thing at the first `yield` and mends it at the second.


def d001(site):
    site.patch.setitem(health.READINESS, "database", lambda: False)
    yield "does not answer"
    site.patch.undo()


def d002(site):
    site.patch.setitem(health.READINESS, "migrations", lambda: False)
    yield "Run `manage.py setup`"
    site.patch.undo()


def d003(site):
    key = SealingKey.objects.create(key_id="0badc0de")
    yield "lacks the key 0badc0de"
    key.delete()


def d004(site):
    site.patch.setattr(health, "LEAST_FREE_BYTES", 1 << 60)
    yield "200 MB"
    site.patch.undo()


def d005(site):
    with time_machine.travel(timezone.now() + datetime.timedelta(minutes=1)):
        yield "the disk of DATA_DIR says"


def d006(site):
    yield "Set SITE_URL"
    site.settings.IS_PUBLIC = True


def d007(site):
    site.settings.DEBUG = True
    yield "Unset DEBUG"
    site.settings.DEBUG = False


def d008(site):
    kept, site.settings.SECRET_KEY = site.settings.SECRET_KEY, "local-only-x"
    yield "Set your own"
    site.settings.SECRET_KEY = kept


def d009(site):
    yield "manage.py backup"
    made = site.folder / "kapsite-20260131T000000Z.tar.gz"
    made.touch()
    yield ""
    a_year_ahead = made.stat().st_mtime + 365 * 86400
    os.utime(made, (a_year_ahead, a_year_ahead))  # Made while the clock was wrong.
    yield "manage.py backup"
    made.touch()


def d010(site):
    yield "run `manage.py setup`"
    User.objects.create_superuser("owner@example.org", "x")


def d011(site):
    site.settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    yield "EMAIL_URL is not set"
    site.settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"


def d012(site):
    site.settings.INQUIRY_NOTICE_EMAILS = ["staff@refused.example"]
    mailbox, port = Mailbox(), free_port()
    with mail_goes_to(port):
        yield "ConnectionRefusedError"
        with listening(mailbox, port):
            yield "SMTPRecipientsRefused 550"
            mailbox.refused = ""
            yield ""
    assert mailbox.mails == []


def d013(site):
    yield "nobody is told"
    site.settings.INQUIRY_NOTICE_EMAILS = ["staff@example.org"]


def d014(site):
    late = timezone.now() - 2 * AN_HOUR
    notice = Notice.objects.create(recipient="staff@example.org", next_attempt_at=late)
    yield "is `deliver` running?"
    notice.delete()


def d015(site):
    notice = Notice.objects.create(recipient="staff@example.org", dead=True)
    yield "1 notices were given up"
    notice.send_again(timezone.now())


def d016(site):
    yield "name, phone, reply within days"
    PracticeSettings.objects.update(name="N", phone="1", reply_within_days=2)


def d017(site):
    yield "Choose one"
    PracticeSettings.objects.update(time_zone="America/Atlantis")
    yield "Choose one"
    PracticeSettings.objects.update(time_zone="America/New_York")


def d018(site):
    yield "2 published articles"
    today = timezone.localdate()
    reviewer = Clinician.objects.create(name="Sample Reviewer")
    ArticlePage.objects.update(reviewed_by=reviewer, reviewed_on=today, next_review_on=None)
    yield ""
    ArticlePage.objects.update(next_review_on=today - A_DAY)
    yield "2 published articles"
    ArticlePage.objects.update(next_review_on=today)


def d019(site):
    page = StandardPage.objects.get(slug="consumer-health-data")
    page.unpublish()
    yield "Consumer health data"
    page.save_revision().publish()


def d020(site):
    yield "Privacy"
    for page in StandardPage.objects.all():
        page.body = [(b.block_type, b.value) for b in page.body if b.block_type != "place"]
        page.save()


@pytest.mark.parametrize("raw", ["", RAW, "sealed1.0badc0de.short"])
def test_a_row_that_holds_no_sealed_text_is_counted_and_not_quoted(planted, raw):
    make_inquiry()
    set_raw("contact_inquiry", "message", raw)
    assert "contact_inquiry.message: 1)" in hint_of("D021")
    assert "Ada" not in hint_of("D021")


def d021(site):
    inquiry = make_inquiry()
    yield ""
    set_raw("contact_inquiry", "name", RAW)
    yield "contact_inquiry.name: 1"
    inquiry.delete()


def d022(site):
    PracticeSettings.objects.update(time_zone="America/New_York", reply_within_days=2)
    inquiry = make_inquiry()
    yield ""
    Inquiry.objects.update(due_at=inquiry.due_at + AN_HOUR)
    yield inquiry.reference
    Inquiry.objects.update(due_at=inquiry.due_at + A_DAY, reply_by=inquiry.due_at + A_DAY)
    yield inquiry.reference
    Inquiry.objects.update(due_at=None, reply_by=None)
    yield inquiry.reference
    Inquiry.objects.update(due_at=inquiry.due_at, reply_by=inquiry.reply_by)


def d023(site):
    audit.record(Action.OPENED)
    head = AuditHead.objects.get()
    AuditHead.objects.update(sequence=2)
    yield "verify_audit"
    head.save()


def d024(site):
    now = timezone.now()
    yield "None has arrived yet"
    run = Rehearsal.objects.create(arrived_at=now, over_http=True)
    yield ""
    run.change(trouble="mail", detail="SMTPAuthenticationError 535")
    yield "would not have taken the notice (SMTPAuthenticationError 535)"
    run.change(trouble="", detail="", arrived_at=now - 2 * AN_HOUR)
    yield "None has arrived since"
    run.change(arrived_at=now)


def d025(site):
    run = Rehearsal.objects.create(arrived_at=timezone.now())
    yield "Nothing listens at PORT"
    run.change(over_http=True)


def d026(site):
    yield ""  # A local site may keep its backups readable.
    site.settings.IS_PUBLIC = True
    yield "no backup is made"
    site.settings.BACKUP_RECIPIENTS = [make_identity(site.folder / "key")]


STORIES = {
    name.upper(): story for name, story in globals().items() if re.fullmatch(r"d\d{3}", name)
}


@pytest.mark.parametrize("name", [name.removeprefix("kapsite.") for name in sorted(LOOKS)])
def test_what_is_broken_is_found_and_what_is_mended_is_well(site, name):
    story = STORIES[name](site)
    words = [(expected, hint_of(name)) for expected in story]
    for expected, hint in words:
        assert (expected in hint) if expected else (hint == "")
    assert any(expected for expected, _hint in words)
    assert hint_of(name) == ""


def test_ids_are_in_order_and_none_is_missing():
    assert sorted(LOOKS) == [f"kapsite.D{n:03}" for n in range(1, len(LOOKS) + 1)]
    assert all(look.subject for look in LOOKS.values())


def test_local_site_is_told_what_a_public_one_needs(planted, capsys):
    with pytest.raises(CommandError, match="want attention"):
        call_command("doctor")
    said = capsys.readouterr().out
    assert re.search(r"look kapsite.D006 +Address\n     .*Set SITE_URL", said)
    assert re.search(r"well kapsite.D001 +Database\n", said)
    assert "INQUIRY_NOTICE_EMAILS is empty" in said


def test_keys_that_are_none_are_said_to_be_so(planted, settings):
    settings.ENCRYPTION_KEYS = ["too short"]
    assert "Key number 1 of ENCRYPTION_KEYS is not a key" in hint_of("D003")


def test_a_trail_that_ends_in_the_future_tells_of_a_wrong_clock(planted):
    with time_machine.travel(timezone.now() + AN_HOUR):
        audit.record(Action.OPENED)
    assert "The audit trail ends in the future" in hint_of("D005")


def test_the_clocks_of_disk_and_database_are_compared_with_ours(planted, monkeypatch):
    clocks = dict(machine._other_clocks())
    servers = {"the database says"} if connection.vendor == "postgresql" else set()
    assert set(clocks) == {"the disk of DATA_DIR says"} | servers
    off = timezone.now() - datetime.timedelta(minutes=1)
    monkeypatch.setattr(machine, "_other_clocks", lambda: [*clocks.items(), ("another says", off)])
    assert f"another says {off:%Y-%m-%d %H:%M}" in hint_of("D005")


def test_what_cannot_be_looked_at_stops_nothing(planted):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE contact_rehearsal RENAME TO gone")
    found = {finding.id: finding.hint for finding in examine()}
    assert "could not be looked at (" in found["kapsite.D024"]
    assert found["kapsite.D002"] == ""


def test_a_mail_is_sent_when_somebody_asks_for_it(planted):
    mailbox, port = Mailbox(), free_port()
    with mail_goes_to(port):
        assert "ConnectionRefusedError" in doctor.mail.sends_to("me@example.org").hint
        with listening(mailbox, port):
            *_others, sent = examine(mail_to="me@example.org")
    assert (sent.id, sent.is_well) == ("kapsite.D032", True)
    assert mailbox.recipients == ["me@example.org"]


def test_every_text_is_opened_when_somebody_asks_for_it(planted):
    first, _second = make_inquiry(), make_inquiry()
    *_others, opened = examine(opens_everything=True)
    assert (opened.id, opened.hint) == ("kapsite.D031", "")
    token = Inquiry._meta.get_field("name").token(first)
    set_raw("contact_inquiry", "email", token)  # Whole, and of another column.
    assert hint_of("D021") == ""
    *_others, opened = examine(opens_everything=True)
    assert "contact_inquiry.email: 2" in opened.hint
    assert Inquiry.objects.count() == 2


def test_a_broken_rule_of_the_house_stands_among_the_findings(planted, settings):
    assert "kapsite.D030" in {finding.id for finding in examine()}
    settings.MIDDLEWARE = settings.MIDDLEWARE[1:]
    found = {finding.id: finding.hint for finding in examine()}
    assert "come first" in found["kapsite.E004"]
    assert "kapsite.D030" not in found
