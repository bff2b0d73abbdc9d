"""A site in a folder of its own, as `manage.py setup` leaves it."""

from pathlib import Path

import pytest

from tests.sites import make_site


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a site that was set up for real, on SQLite. Read it; do not change it."""
    return make_site(tmp_path_factory.mktemp("site"))
