"""The doctor names what is missing, in words, and is silent about what is well."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from contact.models import Notice, SealingKey
from kapsite.doctor import examine
from kapsite.models import User
from pages.models import ArticlePage, Clinician, PracticeSettings

pytestmark = pytest.mark.django_db


def advice_on(subject: str) -> str | None:
    """What the doctor advises on a subject; nothing when all is well."""
    finding = next(f for f in examine() if f.subject.startswith(subject))
    return None if finding.is_well else finding.advice


def test_local_site_is_told_what_a_public_one_needs(planted, capsys):
    with pytest.raises(CommandError, match="want attention"):
        call_command("doctor")
    said = capsys.readouterr().out
    assert "Set SITE_URL" in said
    assert "INQUIRY_NOTICE_EMAILS is empty" in said


def test_practice_settings_are_well_once_filled_in(planted):
    assert "name, phone, time zone" in advice_on("Practice settings")
    PracticeSettings.objects.update(
        name="N", phone="1", time_zone="America/New_York", reply_within_days=2
    )
    assert advice_on("Practice settings") is None


def test_articles_without_a_review_that_holds_are_counted(planted):
    assert advice_on("Clinical review").startswith("2 ")
    today = timezone.localdate()
    reviewer = Clinician.objects.create(name="Sample Reviewer")
    ArticlePage.objects.update(reviewed_by=reviewer, reviewed_on=today)
    assert advice_on("Clinical review") is None
    ArticlePage.objects.update(next_review_on=today - timedelta(days=1))
    assert advice_on("Clinical review").startswith("2 ")


def test_nobody_who_can_sign_in_as_owner_is_noticed(planted):
    assert "run `manage.py setup`" in advice_on("An owner")
    User.objects.create_superuser("owner@example.org", "x")
    assert advice_on("An owner") is None


def test_notices_that_wait_for_long_are_noticed(planted):
    late = timezone.now() - timedelta(hours=2)
    Notice.objects.create(recipient="staff@example.org", next_attempt_at=late)
    assert "is `deliver` running?" in advice_on("Notices sent")


def test_a_key_that_is_missing_is_named(planted):
    assert advice_on("Keys") is None
    SealingKey.objects.create(key_id="0badc0de")
    assert "lacks the key 0badc0de" in advice_on("Keys")


def test_keys_that_are_none_are_said_to_be_so(planted, settings):
    settings.ENCRYPTION_KEYS = ["too short"]
    assert "Key number 1 of ENCRYPTION_KEYS is not a key" in advice_on("Keys")


def test_secrets_made_by_set_up_are_noticed(planted, settings):
    assert advice_on("Secrets of your own") is None
    settings.SECRET_KEY = "local-only-x"
    assert "Set your own" in advice_on("Secrets of your own")


def test_backup_is_asked_for_until_there_is_a_new_one(planted, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    assert advice_on("A backup") is not None
    (tmp_path / "kapsite-20260131T000000Z.tar.gz").touch()
    assert advice_on("A backup") is None
