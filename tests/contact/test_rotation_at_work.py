"""rotate_keys on a site that goes on meanwhile, and killed in the middle of its work."""

import os
import signal
import subprocess
import sys
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
from django.db import connection, connections, transaction
from django.test import Client

from contact import rotation
from contact.keys import is_in_use, prepare_keys
from contact.models import BlindTerm, Inquiry, Kind, SealingKey
from contact.sealing import key_ring
from kapsite.secretfile import BASE_DIR
from tests.sites import database_url

pytestmark = pytest.mark.django_db(transaction=True)


@transaction.atomic
def store(count: int) -> None:
    """Inquiries as the form leaves them, sealed with the first key of this moment."""
    for number in range(count):
        inquiry = Inquiry(name=f"Person {number}", message=f"Text {number}", contact_by="email")
        inquiry.save()
        BlindTerm.objects.write(inquiry)


def assert_all_open(stored: int) -> None:
    """The first `stored` are what they were, every other opens, and the index finds them."""
    messages = {inquiry.name: inquiry.message for inquiry in Inquiry.objects.all()}
    for number in range(stored):
        assert messages[f"Person {number}"] == f"Text {number}"
    found = BlindTerm.objects.matching(Kind.NAME, "person")
    assert found.count() == stored


class Visitors:
    """People who write in, one after the other, until they are told to stop."""

    def __init__(self, filled_in: dict[str, str]) -> None:
        self.filled_in = filled_in
        self.answers: list[int] = []
        self.one_more = threading.Event()
        self.stopping = threading.Event()

    def write_in(self) -> None:
        try:
            while not self.stopping.is_set():
                data = self.filled_in | {"submission_id": str(uuid.uuid4())}
                # Without an address, nobody is asked to wait for having sent too much.
                answer = Client().post("/contact/", data, REMOTE_ADDR="")
                self.answers.append(answer.status_code)
                self.one_more.set()
        finally:
            connections.close_all()

    def wait_for_one_more(self) -> None:
        """Return once another message has been answered."""
        self.one_more.clear()
        assert self.one_more.wait(timeout=60)


@contextmanager
def writing_in(filled_in, count: int):
    """So many visitors at once, while the block runs."""
    visitors = Visitors(filled_in)
    with ThreadPoolExecutor(count) as pool:
        threads = [pool.submit(visitors.write_in) for _number in range(count)]
        try:
            yield visitors
        finally:
            visitors.stopping.set()
    for thread in threads:
        thread.result()


def test_what_comes_in_during_a_rotation_opens_under_the_new_key_alone(
    contact_page, filled_in, settings, new_key, monkeypatch
):
    monkeypatch.setattr(rotation, "BATCH", 4)
    store(20)
    settings.ENCRYPTION_KEYS = [new_key, *settings.ENCRYPTION_KEYS]
    with writing_in(filled_in, 3) as visitors:
        for _progress in rotation.rotate():
            visitors.wait_for_one_more()
    settings.ENCRYPTION_KEYS = [new_key]
    assert len(visitors.answers) >= 5
    assert set(visitors.answers) == {302}
    assert Inquiry.objects.count() == 20 + len(visitors.answers)
    assert_all_open(20)


def rotate_keys(keys: list[str]) -> subprocess.Popen[str]:
    """The real command on the database of this test."""
    database = database_url(connection.settings_dict["NAME"])
    environ = os.environ | {"DATABASE_URL": database, "ENCRYPTION_KEYS": ",".join(keys)}
    command = [sys.executable, "manage.py", "rotate_keys"]
    return subprocess.Popen(command, cwd=BASE_DIR, env=environ, stdout=subprocess.PIPE, text=True)


def test_a_rotation_killed_in_the_middle_is_completed_by_the_next(settings, new_key):
    rows = 6 * rotation.BATCH
    prepare_keys()
    store(rows)
    old = key_ring().current.id
    both = [new_key, *settings.ENCRYPTION_KEYS]
    settings.ENCRYPTION_KEYS = both
    with rotate_keys(both) as killed:
        while not is_in_use(key_ring().current.id):
            assert killed.poll() is None
        killed.send_signal(signal.SIGKILL)
    assert is_in_use(old), "It was killed too late to be in the middle."
    assert_all_open(rows)
    with rotate_keys(both) as second:
        said = second.stdout.read()
    assert second.returncode == 0
    assert f"of {rows} rows, {rows} sealed anew" not in said
    settings.ENCRYPTION_KEYS = [new_key]
    assert_all_open(rows)
    assert not SealingKey.objects.filter(key_id=old).exists()
