"""Set-up that is killed anywhere is completed by the next run."""

import fcntl
from contextlib import ExitStack
from pathlib import Path

import pytest

from kapsite import bootstrap

from .checkout import Checkout, owners

pytestmark = pytest.mark.deployment

# What set-up says when it begins something; killed there, it has that in hand. That each of its
# steps is completed is tested without `make`, in `kapsite/test_setting_up.py`.
MOMENTS = ["Starter content", "Owner: "]


def test_an_installation_killed_again_and_again_is_completed(clone: Checkout) -> None:
    for moment in ("[1/3]", "Installing packages 21/", "unpacking"):
        with clone.start("setup") as run:
            run.wait_for(moment)
    done = clone.make("setup")
    assert done.returncode == 0, done.stderr
    with clone.serve() as run:
        assert "<h1" in clone.fetch("/")


def test_a_second_run_waits_for_the_first(untouched: Checkout) -> None:
    with (untouched.folder / "kapsite/bootstrap.py").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with untouched.start("setup") as run:
            run.wait_for("waiting for it to end")
            assert not (untouched.folder / ".venv").exists()


def test_what_a_killed_run_leaves_at_work_keeps_the_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "bootstrap.py"
    script.touch()
    monkeypatch.setattr(bootstrap, "__file__", str(script))
    with ExitStack() as stack, script.open() as lock:
        with bootstrap.only_one_run():
            left = stack.enter_context(bootstrap.child(["sleep", "60"]))
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        left.kill()
        left.wait()
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.mark.parametrize("moment", MOMENTS)
def test_a_set_up_killed_at_any_moment_is_completed(installed: Checkout, moment: str) -> None:
    with installed.start("setup") as run:
        run.wait_for(moment)
    before = run.said
    done = installed.make("setup")
    assert done.returncode == 0, done.stderr
    with installed.serve():
        assert "<h1" in installed.fetch("/library/how-safe-is-kap/")
        assert installed.signs_in(*owners(before + done.stdout)[-1])
