"""Who is compared, with data of their own, built anew in a folder."""

import os
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

from . import nginx, same_words
from .load import ACCEPTED, Contestant, answer, warm
from .servers import ROOT, gunicorn, set_up
from .stock_site import BLOCKS, WSGI, build, environment

SLUG = "how-safe-is-kap"
ARTICLE, STOCK_ARTICLE = f"/library/{SLUG}/", "/article/"
OURS = {"DJANGO_SETTINGS_MODULE": "kapsite.settings"}
SAME_WORDS = f"/library/{same_words.SLUG}/"


class Sites(NamedTuple):
    """The data that the contestants are served from."""

    folder: Path
    data: Path
    project: Path

    def copy_of_ours(self, name: str) -> Path:
        """A copy of our site's data, to be written to; gives the folder."""
        return shutil.copytree(self.data, self.folder / f"ours-{name}")

    def copy_of_stock(self, name: str) -> Path:
        """A copy of the stock site's database; gives the file."""
        return Path(shutil.copy(self.project / "db.sqlite3", self.folder / f"stock-{name}.sqlite3"))


def build_sites(folder: Path) -> Sites:
    """Set up both sites; the words of the stock one are those of our article."""
    data = Path(set_up(folder)["DATA_DIR"])
    with gunicorn("kapsite.wsgi:application", DATA_DIR=str(data)) as port:
        status, _headers, body = answer(Contestant(port, ARTICLE, {}))
    if status != 200:
        raise RuntimeError(f"{ARTICLE} answered {status}")
    project = build(folder, body.decode())
    run("bench.same_words", ROOT, OURS | {"DATA_DIR": str(data)}, str(folder / BLOCKS))
    return Sites(folder, data, project)


def readers(stack: ExitStack, sites: Sites) -> dict[str, Contestant]:
    """Everybody who answers with the article; they stop with the stack."""
    ours = Contestant(
        stack.enter_context(gunicorn("kapsite.wsgi:application", DATA_DIR=str(sites.data))), ARTICLE
    )
    _status, headers, body = answer(ours)
    found = {"ours": ours, "hello": hello(stack, sites, body, headers)}
    found |= {"stock": stock(stack, sites)}
    found |= {"stock, memory": stock(stack, sites, STOCK_CACHE="locmem.LocMemCache")}
    files = {"STOCK_CACHE_FOLDER": str(sites.folder / "cache")}
    found |= {"stock, files": stock(stack, sites, STOCK_CACHE="filebased.FileBasedCache", **files)}
    if "etag" in headers:
        unchanged = ACCEPTED | {"If-None-Match": headers["etag"]}
        found["ours, 304"] = ours._replace(headers=unchanged)
    found |= behind_nginx(stack, sites, ours, body, headers)
    warm(found.values())
    for name, asked in found.items():
        check(name, asked)
    return found


def hello(stack: ExitStack, sites: Sites, body: bytes, headers: dict[str, str]) -> Contestant:
    """The same gunicorn saying hello with the bytes of an answer."""
    file = sites.folder / "body"
    file.write_bytes(body)
    env = {"HELLO_BODY": str(file), "HELLO_ENCODING": headers.get("content-encoding", "")}
    return Contestant(stack.enter_context(gunicorn("bench.hello:application", **env)), ARTICLE)


def stock(stack: ExitStack, sites: Sites, **env: str) -> Contestant:
    """Stock Wagtail, with what the environment adds to it."""
    port = stack.enter_context(gunicorn(WSGI, sites.project, **environment(**env)))
    return Contestant(port, STOCK_ARTICLE)


def behind_nginx(
    stack: ExitStack, sites: Sites, ours: Contestant, body: bytes, headers: dict[str, str]
) -> dict[str, Contestant]:
    """Both contestants with nginx, as far as what they need is there."""
    found = {}
    for words in nginx.missing():
        print(f"A row with nginx is left out: {words}.")
    if nginx.NGINX:
        encoding = headers.get("content-encoding", "identity")
        port = stack.enter_context(nginx.plain_file(sites.folder / "plain", body, encoding))
        found["file by nginx"] = Contestant(port, ARTICLE)
    if not nginx.missing():
        port = stack.enter_context(nginx.in_front(sites.folder / "front", ours.port))
        found["ours by nginx"] = Contestant(port, ARTICLE)
    return found


def check(name: str, asked: Contestant) -> None:
    """Raise RuntimeError unless a contestant answers as it should."""
    status, headers, body = answer(asked)
    wanted = 304 if "If-None-Match" in asked.headers else 200
    if status != wanted or (status == 200 and not body):
        raise RuntimeError(f"{name}: {asked.address} answered {status}")
    sent = f"{len(body):,} bytes {headers.get('content-encoding', 'not compressed')}"
    print(f"  {name}: {status}, {sent}", flush=True)


def uncached(stack: ExitStack, sites: Sites, pages: int) -> dict[str, Contestant]:
    """Our site and stock Wagtail, both without any cache, with so many pages more."""
    data, database = sites.copy_of_ours(f"pages-{pages}"), sites.copy_of_stock(f"pages-{pages}")
    ours_env = {"DATA_DIR": str(data)}
    stock_env = environment(STOCK_DATABASE=str(database))
    if pages:
        print(f"Adding {pages:,} pages…", flush=True)
        run("bench.many_pages", ROOT, OURS | ours_env, SLUG, str(pages))
        run("bench.many_pages", sites.project, stock_env, "article", str(pages))
    ours_port = stack.enter_context(gunicorn("bench.uncached:application", **ours_env))
    stock_port = stack.enter_context(gunicorn(WSGI, sites.project, **stock_env))
    found = {
        "ours": Contestant(ours_port, ARTICLE),
        "same words": Contestant(ours_port, SAME_WORDS),
        "stock": Contestant(stock_port, STOCK_ARTICLE),
    }
    warm(found.values())
    return found


def run(module: str, project: Path, env: dict[str, str], *arguments: str) -> None:
    """Run a script of ours in a project. Raises CalledProcessError when it fails."""
    subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=project,
        env=os.environ | {"PYTHONPATH": f"{project}:{ROOT}"} | env, check=True,
    )  # fmt: skip
