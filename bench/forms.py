"""What visitors post, one form a line, each with a stamp and an id of its own: `FILE NUMBER`.

Runs with the settings of our site, whose key signs the stamps.
"""

import sys
import uuid
from pathlib import Path
from urllib.parse import urlencode

import django

MESSAGE = "I have read about KAP and would like to know whether it may help me. " * 4
# Any 32 characters: a browser would send back the token and the cookie that the page gave it.
TOKEN = "bench" + "0" * 27


def fields(number: int) -> dict[str, str]:
    """The answers of a visitor."""
    return {"name": "Ada Lovelace", "email": f"ada{number}@example.org", "message": MESSAGE}


def of_form_page(number: int) -> str:
    """What a browser posts to Wagtail's form page."""
    return urlencode(fields(number) | {"csrfmiddlewaretoken": TOKEN})


def of_our_page(number: int) -> str:
    """What a browser posts to our contact page."""
    from contact.stamp import make_stamp

    own = {"contact_by": "email", "submission_id": str(uuid.uuid4()), "stamp": make_stamp()}
    return urlencode(fields(number) | own)


if __name__ == "__main__":
    django.setup()
    lines = (of_our_page(number) for number in range(int(sys.argv[2])))
    Path(sys.argv[1]).write_text("\n".join(lines), encoding="ascii")
