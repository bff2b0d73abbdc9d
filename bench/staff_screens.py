"""What staff look at and visitors send, as functions that can be timed."""

import random
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client

from contact.models import Inquiry
from contact.stamp import make_stamp

from . import filling

INBOX = "/admin/inquiries/"
POSTS = 10  # Inquiries stored in a row.
FORM = {
    "name": "Ada Lovelace",
    "contact_by": "email",
    "email": "ada@example.org",
    "message": "I would like to know more.",
}


class Staff:
    """The owner, signed in, and a visitor. Each database that they work on is `prepare`d."""

    def __init__(self) -> None:
        settings.ALLOWED_HOSTS = ["*"]
        self.visitor, self.stamp = Client(), make_stamp()
        self.user = get_user_model().objects.get(is_superuser=True)
        self.browser = Client()
        self.browser.force_login(self.user)
        self._post()
        self.own = Inquiry.objects.get()

    def prepare(self, size: int) -> None:
        """Fill this database, so that its own inquiry is the newest of one person."""
        filling.fill(size, self.user.pk)

    def screens(self) -> dict[str, Callable[[], object]]:
        """Each screen by its name."""
        tabs = ("open", "mine", "unassigned", "late", "spam", "all")
        return {
            **{f"inbox: {tab}": self._page(f"{INBOX}?tab={tab}") for tab in tabs},
            "inbox: all by age": self._page(f"{INBOX}?tab=all&ordering=-created_at"),
            "inbox: closed": self._page(f"{INBOX}?status=closed"),
            "inbox: all, last page of 1,000": self._page(f"{INBOX}?tab=all&p=20"),
            "inbox: all, page 15,000": self._page(f"{INBOX}?tab=all&p=15000"),
            "first page of the admin": self._page("/admin/"),
            "one inquiry and its others": self._page(f"{INBOX}{self.own.pk}/"),
            "search: e-mail": self._search(filling.address_of(300)),
            "search: phone": self._search("+1 503 000 0301"),
            "search: reference": self._search(filling.reference_of(0)),
            "search: rare name": self._search("Rare77"),
            "search: Maria Garcia": self._search("Maria Garcia"),
            "search: Mar": self._search("Mar"),
            "report: 12 weeks": self._page("/admin/reports/inquiries/"),
            "report: 52 weeks": self._page("/admin/reports/inquiries/?weeks=52"),
            "trail": self._page("/admin/reports/audit/"),
            "trail: exports": self._page("/admin/reports/audit/?action=exported"),
            "mail that waits": self._page("/admin/reports/notices/"),
            f"store {POSTS} inquiries": self._post_some,
        }

    def _page(self, address: str) -> Callable[[], object]:
        return lambda: _ok(self.browser.get(address))

    def _search(self, text: str) -> Callable[[], object]:
        """The post that writes the search down, and the list that it leads to."""
        return lambda: _ok(self.browser.post(f"{INBOX}search/", {"text": text}, follow=True))

    def _post_some(self) -> None:
        for _number in range(POSTS):
            self._post()

    def _post(self) -> None:
        network = f"10.{random.randrange(256)}.{random.randrange(256)}.1"
        sent = FORM | {"submission_id": str(uuid.uuid4()), "stamp": self.stamp}
        sent["email"] = f"ada{random.randrange(10**9)}@example.org"
        _ok(self.visitor.post("/contact/", sent, REMOTE_ADDR=network), 302)


def _ok(response: Any, status: int = 200) -> None:
    if response.status_code != status:
        raise RuntimeError(f"{response.request['PATH_INFO']} answered {response.status_code}")
