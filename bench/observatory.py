"""Score the headers as Mozilla's HTTP Observatory does, without the network: `make observatory`.

The site runs on loopback with an https:// address behind a proxy that it believes; what it answers
is given to the tool's own tests. Ends with an error unless every page has what can be had.
"""

import base64
import http.client
import json
import secrets
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .servers import ROOT, gunicorn, set_up

HOST = "www.example.org"
# The most that each page can score: 100, and extra points for the policy (10), CORP (10), the
# referrer (5) and frames (5); where cookies are set, 5 more. Points for scripts with a checksum
# need a script on every page, and 5 for the list that browsers carry need a name that is on it.
MOST = {
    "/": 130,
    "/library/": 130,
    "/library/how-safe-is-kap/": 130,
    "/contact/": 130,
    "/search/?query=ketamine": 130,
    "/admin/login/": 135,
}
GRADER = ROOT / "bench/tools/observatory.mjs"
Answer = dict[str, Any]


def ask(port: int, path: str, scheme: str, method: str = "GET", **headers: str) -> Answer:
    """What the site answers when the proxy says that `scheme` was asked for."""
    ours = {"Host": HOST, "X-Forwarded-Proto": scheme, "X-Forwarded-For": "192.0.2.1"}
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(method, path, headers=ours | headers)
    response = connection.getresponse()
    named: dict[str, Any] = {name.lower(): value for name, value in response.getheaders()}
    named["set-cookie"] = response.msg.get_all("Set-Cookie") or []
    body = response.read().decode()
    connection.close()
    return {"status": response.status, "headers": named, "body": body}


def answers(port: int, path: str) -> Answer:
    """The three answers that the tool looks at."""
    foreign = {"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"}
    return {
        "host": HOST,
        "path": path,
        "secure": ask(port, path, "https"),
        "plain": ask(port, path, "http"),
        "preflight": ask(port, path, "https", "OPTIONS", **foreign),
    }


def grades(pages: list[Answer]) -> list[dict[str, Any]]:
    """What the tool gives each page."""
    node = shutil.which("node") or "node"
    done = subprocess.run(
        [node, str(GRADER)], input=json.dumps(pages), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def show(page: dict[str, Any], most: int) -> bool:
    """Print a page's points, and what every test found. Returns whether nothing is missing."""
    print(f"{page['path']:32}{page['grade']:>4}{page['score']:>5} of {most}")
    for test in page["tests"]:
        print(f"    {test['points']:+3}  {test['result']}")
    return bool(page["score"] >= most and all(test["pass"] for test in page["tests"]))


def main() -> int:
    """Score all pages. Returns 1 when one of them lacks a point."""
    with tempfile.TemporaryDirectory() as name:
        own = {
            "SECRET_KEY": secrets.token_urlsafe(64),
            "ENCRYPTION_KEYS": base64.b64encode(secrets.token_bytes(32)).decode(),
            "SITE_URL": f"https://{HOST}",
            "TRUSTED_PROXIES": "1",
        }
        data = set_up(Path(name), **own)
        with gunicorn("kapsite.wsgi:application", **data) as port:
            pages = [answers(port, path) for path in MOST]
    found = grades(pages)
    well = [show(page, MOST[page["path"]]) for page in found]
    return int(not all(well))


if __name__ == "__main__":
    sys.exit(main())
