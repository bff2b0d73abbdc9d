"""Let scanners loose on a throw-away site of this machine: `make scan`.

wapiti and sqlmap come from the package index into a throw-away environment, whichever version is
the newest today; nikto runs where it is installed. Each gets some minutes and this machine's
loopback only: what would ask another host is left out. Ends with an error unless all findings are
among those that `docs/threat-model.md` explains. `ARGS=FOLDER` keeps the reports in that folder.
"""

import http.cookiejar
import json
import re
import secrets
import shutil
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

from .servers import ROOT, gunicorn, set_up

OWNER = "owner@example.org"
TOKEN = "csrfmiddlewaretoken"  # noqa: S105 - the name of a field
SECONDS = 150  # for the crawl of one wapiti run; each kind of attack gets a tenth.
SQLMAP_SECONDS = 600  # for each place; a form of many fields takes longer than seven minutes.
# What asks a database on another host, or another host to ask us, is left out: nikto's list,
# wapp, cms, htp, ssrf, log4shell, xxe, takeover. So is TLS, which is nginx's.
ATTACKS = (
    "backup", "buster", "cookieflags", "crlf", "csp", "csrf", "exec", "file", "htaccess",
    "http_headers", "ldap", "methods", "permanentxss", "redirect", "shellshock", "spring4shell",
    "sql", "timesql", "upload", "xss",
)  # fmt: skip
# Kinds of findings that are none; the reasons stand in the threat model.
EXPECTED = {
    "wapiti: Cross Site Request Forgery: POST /contact/",
    "wapiti: LDAP Injection",
    "wapiti-admin: LDAP Injection",
}
NOTHING = "all tested parameters do not appear to be injectable"
FOUND = "identified the following injection point"


def install(folder: Path) -> Path:
    """Put the scanners into an environment of their own; gives the folder of its commands."""
    venv.create(folder, with_pip=True)
    pip = [str(folder / "bin/python"), "-m", "pip"]
    install = [*pip, "install", "--quiet", "wapiti3", "sqlmap"]
    subprocess.run(install, check=True, stderr=subprocess.DEVNULL)
    listed = subprocess.check_output([*pip, "list"], text=True, stderr=subprocess.DEVNULL)
    print(*re.findall(r"^(?:wapiti3|sqlmap) .*$", listed, re.M), sep="\n", flush=True)
    return folder / "bin"


class Staff:
    """Somebody who is signed in, as scanners have to be told."""

    def __init__(self, address: str, password: str) -> None:
        self.address = address
        self.jar = http.cookiejar.CookieJar()
        self._browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar))
        page = self._get("/admin/login/")
        token = re.search(rf'name="{TOKEN}" value="(\w+)"', page)
        sent = {"username": OWNER, "password": password, TOKEN: token[1] if token else ""}
        self._browser.open(f"{address}/admin/login/", urllib.parse.urlencode(sent).encode())

    def _get(self, path: str) -> str:
        return self._browser.open(self.address + path).read().decode()

    @property
    def is_in(self) -> bool:
        """Whether the admin still opens."""
        return "/login/" not in self._browser.open(f"{self.address}/admin/").url

    @property
    def cookies(self) -> str:
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.jar)


def run(command: list[str], longest: int, written: Path) -> str:
    """Run a scanner and keep what it says; gives that. It is stopped after `longest` seconds."""
    with written.open("w") as file:
        try:
            subprocess.run(
                command, stdout=file, stderr=file, stdin=subprocess.DEVNULL, timeout=longest,
                cwd=written.parent,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            file.write("\nstopped: out of time\n")
    return written.read_text(errors="replace")


def wapiti(commands: Path, start: str, folder: Path, name: str, *more: str) -> Iterator[str]:
    """What wapiti finds from an address on: a line for each finding."""
    report = folder / f"{name}.json"
    command = [
        str(commands / "wapiti"), "--url", start, "--scope", "folder", "--module",
        ",".join(ATTACKS), "--max-scan-time", str(SECONDS // 2), "--max-attack-time",
        str(SECONDS // 10), "--no-bugreport", "--flush-session", "--store-session", str(folder),
        "--format", "json", "--output", str(report), *more,
    ]  # fmt: skip
    run(command, 3 * SECONDS, folder / f"{name}.txt")
    if not report.exists():
        yield f"{name}: unfinished"
        return
    found = json.loads(report.read_text())
    print(f"{name}: {found['infos'].get('crawled_pages_nbr', '?')} pages", flush=True)
    for kind, cases in (found["vulnerabilities"] | found["anomalies"]).items():
        for case in cases:
            yield f"{name}: {kind}: {case['method']} {case['path']} {case['info']}"


def targets(address: str, cookies: str) -> Iterator[list[str]]:
    """Where sqlmap looks: each place that takes words from outside to the database."""
    signed_in = ["--cookie", cookies]
    yield ["-u", f"{address}/search/?q=ketamine&page=1"]
    yield ["-u", f"{address}/library/?topic=safety&page=1"]
    yield ["-u", f"{address}/contact/", "--forms"]
    login = f"username=a@example.org&password=b&next=/admin/&{TOKEN}=c"
    yield ["-u", f"{address}/admin/login/", "--data", login, "--csrf-token", TOKEN,
           "--csrf-url", f"{address}/admin/login/"]  # fmt: skip
    inbox = "tab=all&find=maria&status=new&topic=Cost&p=1"
    yield ["-u", f"{address}/admin/inquiries/?{inbox}", *signed_in]
    yield ["-u", f"{address}/admin/pages/search/?q=a&ordering=title", *signed_in]


def sqlmap(commands: Path, target: list[str], folder: Path, number: int) -> Iterator[str]:
    """What sqlmap finds at a target."""
    command = [
        str(commands / "sqlmap"), *target, "--batch", "--level", "2", "--risk", "2",
        "--time-sec", "2", "--output-dir", str(folder / "sqlmap"), "--answers", "follow=N",
        "--disable-coloring",
    ]  # fmt: skip
    said = run(command, SQLMAP_SECONDS, folder / f"sqlmap-{number}.txt")
    place = target[1].partition("?")[0]
    print(f"sqlmap: {place}: {'nothing' if NOTHING in said else 'see below'}", flush=True)
    if FOUND in said:
        yield f"sqlmap: injection: {place}"
    elif NOTHING not in said:
        yield f"sqlmap: unfinished: {place}"


def nikto(address: str, folder: Path) -> Iterator[str]:
    """What nikto finds, where it is installed."""
    command = shutil.which("nikto")
    if not command:
        print("nikto: not installed, left out", flush=True)
        return
    ask = [command, "-h", address, "-ask", "no", "-nointeractive", "-maxtime", f"{SECONDS}s"]
    said = run(ask, 2 * SECONDS, folder / "nikto.txt")
    yield from (f"nikto: {line}" for line in re.findall(r"^\+ (/.*)$", said, re.M))


def errors(log: Path) -> Iterator[str]:
    """What broke in the site meanwhile, each once."""
    lines = re.findall(r"^\S+ \S+ (?:ERROR|CRITICAL) (.*)$", log.read_text(), re.M)
    yield from sorted({f"site: {re.sub(r'[0-9a-f-]{32,}', 'ID', line)}" for line in lines})


def scan(commands: Path, address: str, password: str, folder: Path) -> Iterator[str]:
    """All findings of all scanners at a site."""
    staff = Staff(address, password)
    if not staff.is_in:
        raise RuntimeError("Nobody could sign in.")
    leaving = [f"{address}/admin/{path}" for path in ("logout/*", "sign-out/*", "login/*")]
    excluded = [part for path in leaving for part in ("--exclude", path)]
    for number, target in enumerate(targets(address, staff.cookies), start=1):
        yield from sqlmap(commands, target, folder, number)
    yield from nikto(address, folder)
    yield from wapiti(commands, f"{address}/", folder, "wapiti", "--exclude", f"{address}/admin/*")
    told = ["--header", f"Cookie: {staff.cookies}", "--drop-set-cookie", *excluded]
    yield from wapiti(commands, f"{address}/admin/", folder, "wapiti-admin", *told)
    if not staff.is_in:
        yield "wapiti-admin: unfinished: it ended its own session"


def main() -> int:
    """Scan. Returns 1 when there is a finding that nobody has explained yet."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reports = Path(sys.argv[1]) if len(sys.argv) > 1 else folder / "reports"
        reports = reports.resolve()
        reports.mkdir(parents=True, exist_ok=True)
        commands = install(folder / "scanners")
        password = secrets.token_urlsafe(24)
        data = set_up(folder, OWNER_EMAIL=OWNER, OWNER_PASSWORD=password)
        log = reports / "site.log"
        with gunicorn("kapsite.wsgi:application", ROOT, log, **data) as port:
            found = list(scan(commands, f"http://127.0.0.1:{port}", password, reports))
        found += errors(log)
    new = [line for line in found if not any(kind in line for kind in EXPECTED)]
    print(f"{len(found) - len(new)} findings that are explained, {len(new)} that are not")
    print(*new, sep="\n")
    return int(bool(new))


if __name__ == "__main__":
    sys.exit(main())
