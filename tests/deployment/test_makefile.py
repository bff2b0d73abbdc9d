"""The Makefile explains itself."""

import re
import subprocess

from .checkout import ROOT

TARGETS = ["run", "setup", "serve", "test", "checker", "shots", "check", "format", "bench"]
TARGETS += ["lighthouse", "observatory", "scan", "requirements", "audit", "clean"]


def test_bare_make_lists_every_target_with_a_description() -> None:
    listed = subprocess.check_output(["make"], cwd=ROOT, text=True)
    described = re.findall(r"^  (\w+) +(\S.*)$", listed, re.M)
    assert [name for name, _ in described] == TARGETS


def test_make_knows_every_listed_target() -> None:
    for target in TARGETS:
        subprocess.run(["make", "-n", target], cwd=ROOT, check=True, capture_output=True)
