"""`SITE_URL` decides whether a site is local or public, and a public one is strict."""

import base64
import json
import secrets
import subprocess
import sys

import pytest

from kapsite.secretfile import BASE_DIR
from tests.sites import own_environment

PUBLIC = "https://www.example.org"
OWN = {
    "SECRET_KEY": secrets.token_urlsafe(50),
    "ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
}
TOLD = """
import json
from django.conf import settings
names = {names}
print(json.dumps({{name: getattr(settings, name) for name in names}}))
"""


def python(code: str, data_dir, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run Python on the settings, with nothing of a site in the environment but `extra`."""
    environ = own_environment(data_dir, DJANGO_SETTINGS_MODULE="kapsite.settings")
    environ = {name: value for name, value in environ.items() if name not in OWN} | extra
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=BASE_DIR,
        env=environ,
        capture_output=True,
        text=True,
    )


def settings_of(data_dir, *names: str, **extra: str) -> dict:
    """What these settings are in that environment."""
    done = python(TOLD.format(names=names), data_dir, **extra)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def refusal(data_dir, **extra: str) -> str:
    """Why the site does not start in that environment: the last line of what it says."""
    done = python("from django.conf import settings; settings.DEBUG", data_dir, **extra)
    assert done.returncode != 0
    return done.stderr.strip().splitlines()[-1].split("ImproperlyConfigured: ")[1]


def test_public_site_refuses_to_start_without_secrets(tmp_path):
    assert refusal(tmp_path, SITE_URL=PUBLIC) == "SECRET_KEY is missing. Set it in the environment."


def test_public_site_refuses_to_start_without_encryption_keys(tmp_path):
    said = refusal(tmp_path, SITE_URL=PUBLIC, SECRET_KEY=OWN["SECRET_KEY"])
    assert said == "ENCRYPTION_KEYS is missing. Set it in the environment."


def test_public_site_does_not_read_the_generated_secrets(tmp_path):
    (tmp_path / "secrets").write_text("SECRET_KEY=local-only-x\nENCRYPTION_KEYS=local-only-y\n")
    assert refusal(tmp_path, SITE_URL=PUBLIC).startswith("SECRET_KEY is missing.")


@pytest.mark.parametrize("name", OWN)
def test_public_site_refuses_a_generated_secret_without_quoting_it(tmp_path, name):
    said = refusal(tmp_path, SITE_URL=PUBLIC, **OWN | {name: "local-only-abcdef"})
    assert said.startswith(f"{name} was generated for a local site")
    assert "abcdef" not in said


def test_generated_key_among_others_is_refused_on_a_public_site(tmp_path):
    keys = f"{OWN['ENCRYPTION_KEYS']},local-only-abcdef"
    said = refusal(tmp_path, SITE_URL=PUBLIC, **OWN | {"ENCRYPTION_KEYS": keys})
    assert said.startswith("ENCRYPTION_KEYS was generated")


def test_local_site_without_set_up_says_what_to_run(tmp_path):
    assert refusal(tmp_path) == "SECRET_KEY is missing. Run `make setup` first."


@pytest.mark.parametrize(
    "address", ["https://www.example.org/kap", "www.example.org", "ftp://example.org", "https://"]
)
def test_address_that_is_none_is_refused(tmp_path, address):
    assert refusal(tmp_path, SITE_URL=address, **OWN).startswith("SITE_URL must be an address such")


def test_public_site_turns_on_what_https_makes_possible(tmp_path):
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
    )
    assert set(settings_of(tmp_path, *names, SITE_URL=PUBLIC, **OWN).values()) == {True}
    assert set(settings_of(tmp_path, *names, **OWN).values()) == {False}


def test_public_site_asks_browsers_to_remember_https_for_a_year(tmp_path):
    name = "SECURE_HSTS_SECONDS"
    assert settings_of(tmp_path, name, SITE_URL=PUBLIC, **OWN) == {name: 31_536_000}
    assert settings_of(tmp_path, name, **OWN) == {name: 0}


def test_public_site_answers_to_its_own_name_only(tmp_path):
    name = "ALLOWED_HOSTS"
    assert settings_of(tmp_path, name, SITE_URL=PUBLIC, **OWN) == {name: ["www.example.org"]}
    assert "127.0.0.1" in settings_of(tmp_path, name, **OWN)[name]


def test_forwarding_headers_are_believed_only_behind_a_proxy(tmp_path):
    ask = "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    assert python(ask, tmp_path, **OWN).stdout.strip() == "None"
    assert "FORWARDED" in python(ask, tmp_path, TRUSTED_PROXIES="1", **OWN).stdout


def test_debug_is_off_unless_asked_for(tmp_path):
    assert settings_of(tmp_path, "DEBUG", **OWN) == {"DEBUG": False}
    assert settings_of(tmp_path, "DEBUG", DEBUG="1", **OWN) == {"DEBUG": True}


def test_public_site_redirects_to_https_and_sends_a_secure_cookie(tmp_path):
    code = """
import django; django.setup()
from django.test import Client
from django.urls import reverse
answer = Client().get("/healthz", headers={"host": "www.example.org"})
print(answer.status_code, answer["Location"])
answer = Client().get("/healthz", secure=True, headers={"host": "www.example.org"})
print(answer.status_code, answer["Strict-Transport-Security"])
"""
    (tmp_path / "static").mkdir()
    done = python(code, tmp_path, SITE_URL=PUBLIC, **OWN)
    assert done.stdout.splitlines() == [
        "301 https://www.example.org/healthz",
        "200 max-age=31536000; includeSubDomains; preload",
    ], done.stderr


def test_notice_for_staff_goes_in_a_cookie_of_this_host_alone(tmp_path):
    code = """
import django; django.setup()
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage import default_storage
from django.http import HttpResponse
from django.test import RequestFactory
request, answer = RequestFactory().get("/"), HttpResponse()
request.session = {}
notices = default_storage(request)
notices.add(SUCCESS, "Closed.")
notices.update(answer)
[cookie] = answer.cookies.values()
print(cookie.key, cookie["path"], cookie["domain"], cookie["secure"], cookie["httponly"])
"""
    done = python(code, tmp_path, SITE_URL=PUBLIC, **OWN)
    assert done.stdout.strip() == "__Host-messages /  True True", done.stderr
    assert python(code, tmp_path, **OWN).stdout.split()[0] == "messages"
