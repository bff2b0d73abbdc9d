"""Public pages go out in the best encoding that a browser takes."""

import gzip

import brotli
import pytest

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
