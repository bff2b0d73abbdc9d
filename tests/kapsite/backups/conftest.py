"""A site with something in it, its sealed backup, and empty places to restore it into."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kapsite.backups import make_identity
from tests.kapsite.backups.stages import Stage, furnished
from tests.sites import make_site, own_database


@pytest.fixture(scope="session")
def key_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The private key that opens the backups of these sites."""
    path = tmp_path_factory.mktemp("key") / "identity"
    make_identity(path)
    return path


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, key_file: Path) -> Iterator[Stage]:
    """A site with an inquiry, an audit trail and media. Read it; do not change it."""
    folder = make_site(tmp_path_factory.mktemp("backed-up"))
    with own_database(folder) as url:
        yield furnished(Stage(folder, url, key_file))


@pytest.fixture(scope="session")
def archive(site: Stage) -> Path:
    """A sealed backup of that site."""
    return site.backup()


@pytest.fixture
def other_site(tmp_path: Path, key_file: Path) -> Iterator[Stage]:
    """A site like it, which a test may change."""
    folder = make_site(tmp_path / "other")
    with own_database(folder) as url:
        yield furnished(Stage(folder, url, key_file))


@pytest.fixture
def place(tmp_path: Path, key_file: Path) -> Iterator[Stage]:
    """A place with nothing in it."""
    folder = tmp_path / "place"
    folder.mkdir()
    with own_database(folder, is_empty=True) as url:
        yield Stage(folder, url, key_file)


@pytest.fixture
def rewritten(archive: Path, key_file: Path, tmp_path: Path) -> Callable[..., Path]:
    """A function: a copy of the archive in which `change` has worked on its files, by name."""
    from tests.kapsite.backups.forging import packed_anew

    def rewrite(change: Callable[[dict[str, bytes]], None], signed: bool = True) -> Path:
        return packed_anew(archive, key_file, change, tmp_path / "changed.tar.gz", signed)

    return rewrite
