"""The secrets of a local site are made once, whole, and closed to others."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.exceptions import ImproperlyConfigured

from contact import sealing
from kapsite.secretfile import BASE_DIR, create_local_secrets, is_generated, read_secrets

MAKE = "from kapsite.secretfile import create_local_secrets as make; print(make())"


def test_file_is_closed_to_everybody_else(tmp_path):
    assert create_local_secrets(tmp_path)
    assert (tmp_path / "secrets").stat().st_mode & 0o777 == 0o600


def test_folder_that_it_makes_is_closed_to_everybody_else(tmp_path):
    create_local_secrets(tmp_path / "var")
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_second_run_keeps_the_first_ones_secrets(tmp_path):
    create_local_secrets(tmp_path)
    before = (tmp_path / "secrets").read_bytes()
    assert not create_local_secrets(tmp_path)
    assert (tmp_path / "secrets").read_bytes() == before


def test_every_secret_is_long_and_bears_the_mark(tmp_path):
    create_local_secrets(tmp_path)
    made = read_secrets(tmp_path / "secrets")
    assert set(made) == {"SECRET_KEY", "ENCRYPTION_KEYS"}
    assert all(is_generated(value) and len(value) > 50 for value in made.values())


def test_two_sites_never_share_a_secret(tmp_path):
    for name in ("one", "two"):
        create_local_secrets(tmp_path / name)
    one, two = (read_secrets(tmp_path / name / "secrets") for name in ("one", "two"))
    assert not set(one.values()) & set(two.values())


def test_generated_key_seals_and_opens(tmp_path, settings):
    create_local_secrets(tmp_path)
    settings.ENCRYPTION_KEYS = [read_secrets(tmp_path / "secrets")["ENCRYPTION_KEYS"]]
    place = sealing.Place("table", "column", "row")
    token = sealing.key_ring().seal("words", place)
    assert sealing.key_ring().open(token, place) == "words"


def test_of_many_set_ups_at_once_one_writes_the_file(tmp_path):
    def make(_number: int) -> str:
        return subprocess.run(
            [sys.executable, "-c", MAKE],
            cwd=BASE_DIR,
            env={"DATA_DIR": str(tmp_path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()

    with ThreadPoolExecutor(6) as pool:
        made = sorted(pool.map(make, range(6)))
    assert made == ["False"] * 5 + ["True"]
    assert [path.name for path in tmp_path.iterdir()] == ["secrets"]


def test_what_a_killed_set_up_left_does_not_count(tmp_path):
    (tmp_path / ".secrets.1").write_text("SECRET_KEY=half")
    assert create_local_secrets(tmp_path)
    assert "half" not in (tmp_path / "secrets").read_text()


def test_no_file_means_no_secrets(tmp_path):
    assert read_secrets(tmp_path / "secrets") == {}


@pytest.mark.parametrize("content", [b"SECRET_KEY=\xff\xfe", None])
def test_file_that_cannot_be_read_is_named(tmp_path, content):
    path = tmp_path / "secrets"
    path.mkdir() if content is None else path.write_bytes(content)
    with pytest.raises(ImproperlyConfigured, match="cannot be read"):
        read_secrets(path)
