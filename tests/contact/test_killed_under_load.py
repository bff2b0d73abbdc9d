"""The web server is killed while people write in: who was thanked is in the database, once."""

import random
import threading
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import pytest

from tests.crowds import Site, thanks
from tests.sites import own_database

VISITORS = 6
ROUNDS = 4
MOMENTS = random.Random(1846)  # noqa: S311 - Seeded, so that each run kills alike.


@pytest.fixture
def site(tmp_path):
    with own_database(tmp_path) as database:
        site = Site(tmp_path, database)
        site.manage("setup")
        yield site


class Crowd:
    """People who write in until their server is gone, and know who of them was thanked."""

    def __init__(self, site: Site, filled_in: dict[str, str]) -> None:
        self.site, self.filled_in = site, filled_in
        self.numbers = count()
        self.thanked: list[str] = []
        self.unanswered: list[str] = []
        self.news = threading.Condition()

    def send(self, submission_id: str) -> bool:
        """Send one message; whether the answer led to the thanks page."""
        fields = self.filled_in | {"submission_id": submission_id}
        return thanks(self.site, fields, next(self.numbers))

    def write_in(self, _visitor: int) -> None:
        """One message after the other, up to the first that nobody answers."""
        while self.send(submission_id := str(uuid.uuid4())):
            with self.news:
                self.thanked.append(submission_id)
                self.news.notify()
        self.unanswered.append(submission_id)

    def write_in_until_killed(self, answers: int) -> None:
        """Let everybody write in; kill the server when so many more have been thanked."""
        enough = len(self.thanked) + answers
        with ThreadPoolExecutor(VISITORS) as pool:
            with self.site.serving():
                visitors = [pool.submit(self.write_in, number) for number in range(VISITORS)]
                with self.news:
                    assert self.news.wait_for(lambda: len(self.thanked) >= enough, timeout=60)
            for visitor in visitors:
                visitor.result()


def test_who_was_thanked_is_stored_once_and_who_was_not_may_send_again(site, filled_in):
    crowd = Crowd(site, filled_in)
    for _round in range(ROUNDS):
        crowd.write_in_until_killed(MOMENTS.randrange(1, 30))
    assert len(crowd.unanswered) == ROUNDS * VISITORS
    stored = site.submissions()
    assert {submission: stored[submission] for submission in crowd.thanked} == dict.fromkeys(
        crowd.thanked, 1
    )
    assert set(stored) <= {*crowd.thanked, *crowd.unanswered}
    with site.serving():
        assert all(crowd.send(submission) for submission in crowd.unanswered)
    assert site.submissions() == Counter([*crowd.thanked, *crowd.unanswered])
    assert "trail is whole" in site.manage("verify_audit").stdout
