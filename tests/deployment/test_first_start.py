"""The README's commands on a fresh clone in an empty environment."""

import signal

import pytest

from .checkout import Checkout, owners

pytestmark = pytest.mark.deployment

PAGES = ["/", "/library/", "/library/how-safe-is-kap/", "/contact/", "/admin/login/"]


def test_make_run_leads_from_a_clone_to_the_site_and_keeps_it(ready: Checkout) -> None:
    assert ready.first_words.count("[2/3] Installing packages") >= 3, "It shows how far it is."
    (owner,) = owners(ready.first_words)
    assert ready.processes() == [], "Ctrl-C left nothing behind."
    with ready.serve("run") as run:
        assert run.wait_for("Sign in: ") < ready.first_start
        assert owners(run.said) == []
        for page in PAGES:
            assert "<h1" in ready.fetch(page), page
        assert ready.signs_in(*owner)
        assert not ready.signs_in(owner[0], "another password")


def test_the_end_of_make_run_says_where_the_site_is(ready: Checkout) -> None:
    with ready.serve("run", OWNER_EMAIL="ann@example.org") as run:
        lines = [line for line in run.said.splitlines() if " | " not in line][-3:]
    assert lines == [
        f"Site:   {ready.address}/",
        f"Admin:  {ready.address}/admin/",
        "Sign in: ann@example.org (the password was shown when the account was made)",
    ]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_stops_all_processes_quietly(ready: Checkout, number: signal.Signals) -> None:
    with ready.serve() as run:
        run.stop(number)
        assert ready.processes() == []
        assert "Traceback" not in run.said


def test_stopping_in_the_first_moment_leaves_nothing_running(ready: Checkout) -> None:
    with ready.start("serve") as run:
        run.wait_for("started (pid=")
        run.stop()
        assert ready.processes() == []


def test_a_process_that_dies_brings_down_the_rest(ready: Checkout) -> None:
    procfile = ready.folder / "Procfile"
    kept = procfile.read_text()
    procfile.write_text(kept.replace("python manage.py deliver", "sleep 1; true"))
    try:
        with ready.start("serve") as run:
            assert run.process.wait(timeout=60) != 0
            assert "A process of the site ended" in run.said
            assert ready.processes() == []
    finally:
        procfile.write_text(kept)


def test_dot_env_counts_where_the_environment_says_nothing(ready: Checkout) -> None:
    env_file = ready.folder / ".env"
    env_file.write_text("# The owner\nOWNER_EMAIL = 'eve@example.org'\nPORT=1\n")
    try:
        with ready.serve() as run:
            assert "Sign in: eve@example.org (" in run.said
            assert f"Site:   {ready.address}/" in run.said
    finally:
        env_file.unlink()
