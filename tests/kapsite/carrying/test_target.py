"""A site is carried into an empty database of a server that answers, and into no other."""

import subprocess
from collections.abc import Iterator

import pytest

from tests.kapsite.carrying.moves import Move, wait_for_answer
from tests.sites import free_port, make_site

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("carrying")]


@pytest.fixture(scope="module")
def refused(server, tmp_path_factory) -> Iterator[dict[str, str]]:
    """What the command says in each of these cases; they are tried at once, to save time."""
    folder = make_site(tmp_path_factory.mktemp("refused"))
    kinds = {
        "used": "",
        "viewed": "",
        "latin": "TEMPLATE template0 ENCODING LATIN1 LOCALE 'C'",
        "closed": "",
    }
    moves = {name: Move(folder, server, name, options) for name, options in kinds.items()}
    moves["used"].make("CREATE TABLE somebodys ()")
    moves["viewed"].make("CREATE VIEW a_view AS SELECT 1")
    server.ask("CREATE ROLE somebody LOGIN")
    urls = {name: move.url for name, move in moves.items()}
    urls["closed"] = urls["closed"].replace("kapsite:", "somebody:")
    urls["away"] = urls["used"].replace(f":{server.port}/", f":{free_port()}/")
    urls["a file"] = f"sqlite:///{folder / 'db.sqlite3'}"
    at_work: dict[str, subprocess.Popen[str]] = {
        name: moves["used"].start(url) for name, url in urls.items()
    }
    said = {name: wait_for_answer(process) for name, process in at_work.items()}
    yield said
    assert moves["used"].tables() == {"somebodys"}
    assert moves["viewed"].tables() == {"a_view"}
    assert moves["latin"].tables() == moves["closed"].tables() == set()


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("used", "something in the new database already, such as somebodys"),
        ("viewed", "something in the new database already, such as a_view"),
        ("latin", "keeps its text as LATIN1, not UTF8"),
        ("closed", "may make no table"),
        ("away", "does not answer"),
        ("a file", "does not name a PostgreSQL database"),
    ],
)
def test_what_is_no_empty_database_is_refused_in_a_line_that_says_what_to_do(refused, case, words):
    assert words in refused[case]
    assert "Nothing was carried over" in refused[case]


def test_refusals_show_no_password(refused):
    assert not [said for said in refused.values() if "a-word-that-would-show" in said]
