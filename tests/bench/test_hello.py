"""The quickest row for real: gunicorn says hello and the load generator counts."""

from bench.load import Contestant, answer, rate
from bench.servers import gunicorn


def test_hello_answers_with_the_bytes_it_was_given_and_is_counted(tmp_path):
    body = tmp_path / "body"
    body.write_bytes(b"hello" * 100)
    with gunicorn("bench.hello:application", HELLO_BODY=str(body), HELLO_ENCODING="br") as port:
        asked = Contestant(port, "/", connections=2)
        status, headers, sent = answer(asked)
        assert (status, headers["content-encoding"], sent) == (200, "br", body.read_bytes())
        assert rate(asked, 1) > 0
