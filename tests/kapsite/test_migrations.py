"""Code and database agree, and Django has nothing to say about a public site."""

import base64
import secrets

import pytest
from django.core.management import call_command

from tests.sites import manage


@pytest.mark.django_db
def test_no_migration_is_missing():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)  # Exits if one is.


def test_public_site_passes_djangos_deployment_check(tmp_path):
    checked = manage(
        tmp_path,
        "check",
        "--deploy",
        "--fail-level=WARNING",
        SITE_URL="https://www.example.org",
        TRUSTED_PROXIES="1",
        SECRET_KEY=secrets.token_urlsafe(50),
        ENCRYPTION_KEYS=base64.b64encode(secrets.token_bytes(32)).decode(),
    )
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout
