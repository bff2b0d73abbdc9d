"""Stored form posts a second: our contact form against Wagtail's form page, 8 at once.

What counts is rows in the database after each round, not answers. Our page counts posts of one
network and puts aside what is more than a household sends (`contact.limits`); so each post names a
network of its own, as a proxy in front would, and none is refused or put aside.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from . import forms
from .contestants import Sites
from .load import WRK, in_turn
from .many_rows import count, fill_inquiries, fill_submissions, settle
from .servers import ROOT, gunicorn
from .stock_site import WSGI, environment

AT_ONCE = 8
SECONDS = 3
MOST_A_ROUND = 3_000  # Forms: 1,000 a second, several times what is stored.
SCRIPT = ROOT / "bench/wrk/posts.lua"


class Poster(NamedTuple):
    """A server that stores forms, what is posted to it, and where the rows can be counted."""

    address: str
    forms: Path
    database: Path
    table: str
    sent: list[int]  # One number: how many lines of the file were used up.

    def stored_a_second(self) -> float:
        """Post for a while. Raises RuntimeError when an answer was no success."""
        before = count(self.database, self.table)
        env = {"FORMS": str(self.forms), "FIRST": str(self.sent[0])}
        env["COOKIE"] = f"csrftoken={forms.TOKEN}" if self.table != "contact_inquiry" else "a=b"
        told = subprocess.run(
            [str(WRK), "-t1", f"-c{AT_ONCE}", f"-d{SECONDS}s", "--timeout", "30s",
             "-s", str(SCRIPT), self.address],
            check=True, capture_output=True, text=True, env=os.environ | env,
        ).stdout  # fmt: skip
        self.sent[0] += MOST_A_ROUND
        if self.table == "contact_inquiry" and "Non-2xx" in told:
            raise RuntimeError(f"{self.address} refused posts:\n{told}")
        return self._stored_since(before) / SECONDS

    def _stored_since(self, before: int) -> int:
        """How many rows there are more, once those on their way have arrived."""
        stored = -1
        while stored != (stored := count(self.database, self.table)):
            time.sleep(0.3)
        return stored - before


def measure(sites: Sites, rounds: int, there: int) -> dict[str, list[float]]:
    """Posts stored a second by each, with so many there already."""
    if not WRK:
        print("Posts are not measured: wrk is not installed.")
        return {}
    with ExitStack() as stack:
        posters = {
            "inquiries": stack.enter_context(ours(sites, there, rounds)),
            "form page": stack.enter_context(stock(sites, there, rounds)),
            "form page in WAL": stack.enter_context(stock(sites, there, rounds, STOCK_WAL="1")),
        }
        names = {f"{name} at {there:,}": poster for name, poster in posters.items()}
        return in_turn({name: p.stored_a_second for name, p in names.items()}, rounds)


@contextmanager
def ours(sites: Sites, there: int, rounds: int) -> Iterator[Poster]:
    """Our site, filled, on a copy of its data."""
    data = sites.copy_of_ours(f"posts-{there}")
    file = data / "forms.txt"
    env = {"DATA_DIR": str(data), "TRUSTED_PROXIES": "1"}
    subprocess.run(
        [sys.executable, "-m", "bench.forms", str(file), str((rounds + 1) * MOST_A_ROUND)],
        cwd=ROOT, env=os.environ | env | {"DJANGO_SETTINGS_MODULE": "kapsite.settings"}, check=True,
    )  # fmt: skip
    time.sleep(3)  # The form is never filled in faster: what is counts as suspicious.
    with gunicorn("kapsite.wsgi:application", **env) as port:
        address = f"http://127.0.0.1:{port}/contact/"
        poster = Poster(address, file, data / "db.sqlite3", "contact_inquiry", [0])
        poster.stored_a_second()  # Warm, and a row to copy.
        if there:
            fill_inquiries(poster.database, there)
            settle(poster.database)
        yield poster
    put_aside = count(poster.database, "contact_inquiry WHERE quarantined")
    if put_aside:
        raise RuntimeError(f"{put_aside} inquiries were put aside: the forms are not a visitor's.")


@contextmanager
def stock(sites: Sites, there: int, rounds: int, **env: str) -> Iterator[Poster]:
    """Stock Wagtail, filled, on a copy of its database."""
    database = sites.copy_of_stock(f"posts-{there}-{len(env)}")
    file = database.with_suffix(".txt")
    lines = (forms.of_form_page(number) for number in range((rounds + 1) * MOST_A_ROUND))
    file.write_text("\n".join(lines), encoding="ascii")
    env = environment(STOCK_DATABASE=str(database), **env)
    with gunicorn(WSGI, sites.project, **env) as port:
        address = f"http://127.0.0.1:{port}/contact/"
        poster = Poster(address, file, database, "wagtailforms_formsubmission", [0])
        poster.stored_a_second()
        if there:
            fill_submissions(poster.database, there)
            settle(poster.database)
        yield poster
