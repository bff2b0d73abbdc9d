"""Somebody who signs in to a running site and publishes a page, as a browser does."""

import re
import urllib.request
from http.client import HTTPException
from urllib.parse import urlencode

from wagtail.test.utils.form_data import querydict_from_html

from tests.sites import OWNER_PASSWORD


class Editor:
    """The first owner, who goes on changing the title of the page about the practice."""

    def __init__(self, port: int) -> None:
        self.site = f"http://127.0.0.1:{port}"
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        self._edit = ""

    def sign_in(self) -> None:
        """Sign in and find the page's edit form. Once is enough: a session outlives a restart."""
        login = f"{self.site}/admin/login/"
        form = {"username": "owner@example.org", "password": OWNER_PASSWORD}
        self._post(login, _token(self._open(login)) | form)
        found = self._open(f"{self.site}/admin/pages/search/?q=About")
        self._edit = self.site + re.findall(r'href="(/admin/pages/\d+/edit/)"', found)[0]

    def publish(self, title: str) -> bool:
        """Give the page another title; whether the admin has said that it is published."""
        try:
            page = self._open(self._edit)
            form = querydict_from_html(page, form_id="page-edit-form").dict() | _token(page)
            change = {"title": title, "body-count": "0", "action-publish": "action-publish"}
            said = self._post(self._edit, form | change)
        except (OSError, HTTPException):
            return False
        return f"{title}&#x27; has been published" in said

    def shown(self) -> str:
        """The title that a visitor sees."""
        with urllib.request.urlopen(f"{self.site}/about/", timeout=60) as page:  # noqa: S310
            return re.findall(r"<h1[^>]*>(.*?)</h1>", page.read().decode(), re.S)[0].strip()

    def _post(self, address: str, form: dict[str, str]) -> str:
        self._browser.addheaders = [("Referer", address)]
        return self._open(address, urlencode(form).encode())

    def _open(self, address: str, data: bytes | None = None) -> str:
        with self._browser.open(address, data, timeout=60) as answer:
            return answer.read().decode()


def _token(page: str) -> dict[str, str]:
    """What a form on the page sends along, to show that it is ours."""
    name = "csrfmiddlewaretoken"
    return {name: re.findall(f'name="{name}" value="([^"]+)"', page)[0]}
