"""Public pages go out in the best encoding that a browser takes."""

import gzip

import brotli
import pytest

from pages import compression
from pages.compression import encoding_for

pytestmark = pytest.mark.usefixtures("planted")


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("br;q=0.5, gzip;q=1.0", "br"),
        ("br;q=0, gzip", "gzip"),
        ("GZIP", "gzip"),
        ("identity", None),
        ("", None),
        ("brotli, gzipped", None),
    ],
)
def test_best_encoding_that_is_named_is_taken(accepted, encoding):
    assert encoding_for(accepted) == encoding


@pytest.mark.parametrize(
    ("accepted", "decompress"),
    [("br", brotli.decompress), ("gzip", gzip.decompress), ("identity", bytes)],
)
def test_page_is_the_same_in_every_encoding(visitor, accepted, decompress):
    plain = visitor.get("/library/how-safe-is-kap/").content
    answer = visitor.get("/library/how-safe-is-kap/", headers={"Accept-Encoding": accepted})
    assert decompress(answer.content) == plain
    assert len(answer.content) == int(answer["Content-Length"])
    assert "Accept-Encoding" in answer["Vary"]


@pytest.fixture
def kept():
    """How many pages are kept compressed, as a function."""
    compression._encoded_once.cache_clear()
    return lambda: compression._encoded_once.cache_info().currsize


def test_page_is_compressed_once_for_everybody(visitor, kept):
    sizes = {len(visitor.get("/about/", headers={"Accept-Encoding": "br"}).content) for _ in "ab"}
    assert kept() == len(sizes) == 1


def test_nothing_personal_is_kept(visitor, owner, kept):
    brotli_please = {"headers": {"Accept-Encoding": "br"}}
    visitor.get("/contact/", **brotli_please)
    visitor.post("/contact/", {"message": "A private word"}, **brotli_please)
    visitor.get("/search/", {"q": "a private word"}, **brotli_please)
    owner.get("/about/", **brotli_please)
    assert kept() == 0
