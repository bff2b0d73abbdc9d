"""The disk is full under a running site: nobody is thanked for nothing, and reading goes on."""

import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlencode

import pytest

from kapsite.secretfile import BASE_DIR
from tests.contact.conftest import stamp_of_age
from tests.contact.mailserver import Mailbox, listening
from tests.crowds import thanks
from tests.sites import free_port

from .disks import NarrowDisk, SmallDisk, can_mount, narrow_disk, small_disk
from .editor import Editor
from .whole import WholeSite

pytestmark = pytest.mark.once
DISKS = [small_disk, narrow_disk] if can_mount() else [narrow_disk]
PUBLIC = ["/", "/library/how-safe-is-kap/", "/contact/", "/search/?q=ketamine", "/healthz"]
TYPED = "Not to be typed twice." + " Many words." * 60


class SiteOnADisk(WholeSite):
    """A whole site on a disk of its own, with a mail server."""

    disk: SmallDisk | NarrowDisk
    mailbox: Mailbox


@pytest.fixture(params=DISKS, ids=lambda disk: disk.__name__)
def site(request, tmp_path) -> Iterator[SiteOnADisk]:
    with request.param(tmp_path / "disk") as disk:
        mail = free_port()
        site = SiteOnADisk(
            disk.folder / "site", f"sqlite:///{disk.folder / 'site/db.sqlite3'}",
            EMAIL_URL=f"smtp://127.0.0.1:{mail}", INQUIRY_NOTICE_EMAILS="ann@practice.example",
        )  # fmt: skip
        site.disk, site.mailbox = disk, Mailbox()
        with listening(site.mailbox, mail), site.running():
            yield site


def answer(site: SiteOnADisk, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
    """The status and the page that a visitor gets."""
    headers = {"Content-Type": "application/x-www-form-urlencoded"} if fields else {}
    with closing(HTTPConnection("127.0.0.1", site.port, timeout=60)) as line:
        line.request("POST" if fields else "GET", path, urlencode(fields or {}), headers)
        got = line.getresponse()
        return got.status, got.read().decode()


def message() -> dict[str, str]:
    return {
        "name": "Ada", "contact_by": "email", "email": "ada@example.org", "phone": "",
        "message": TYPED, "stamp": stamp_of_age(60), "submission_id": str(uuid.uuid4()),
    }  # fmt: skip


def write_in_until_refused(site: SiteOnADisk) -> tuple[list[str], dict[str, str]]:
    """Whoever was thanked while the last free pages were used up, and the first who was not."""
    thanked: list[str] = []
    while thanks(site, fields := message(), len(thanked)):
        thanked.append(fields["submission_id"])
        assert len(thanked) < 1000
    return thanked, fields


def wait_for_mail(site: SiteOnADisk, count: int) -> None:
    deadline = time.monotonic() + 120
    while len(site.mailbox.mails) < count:
        assert time.monotonic() < deadline, len(site.mailbox.mails)
        time.sleep(0.1)
    assert len(site.mailbox.mails) == count


def backup(site: SiteOnADisk) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "manage.py", "backup"]
    return subprocess.run(
        command, cwd=BASE_DIR, env=site.environment, capture_output=True, text=True,
        preexec_fn=site.disk.take_in,
    )  # fmt: skip


def test_full_disk_takes_no_message_keeps_what_was_typed_and_lets_people_read(site):
    editor = Editor(site.port)
    editor.sign_in()
    before = editor.shown()
    site.disk.fill(site)
    thanked, refused = write_in_until_refused(site)
    status, page = answer(site, "/contact/", refused)
    assert status == 503
    assert "Your message has not been sent" in page
    assert TYPED in page
    assert [answer(site, path)[0] for path in PUBLIC] == [200] * len(PUBLIC)
    assert not editor.publish("Of a full disk")
    assert editor.shown() == before
    assert "the disk is full" in backup(site).stderr
    site.disk.make_room(site)
    thanked.append(refused["submission_id"])
    assert thanks(site, refused, len(thanked))
    assert editor.publish("Of a disk with room")
    assert backup(site).returncode == 0
    assert len(list((site.folder / "backups").iterdir())) == 1
    wait_for_mail(site, len(thanked))
    assert site.submissions() == dict.fromkeys(thanked, 1)
