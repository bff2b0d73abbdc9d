"""A carried site is the same site: every row, key, seal and number; or nothing is there at all."""

import re
import signal
import urllib.request
import uuid
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest

from tests.contact.conftest import stamp_of_age
from tests.deployment.checkout import visit
from tests.kapsite.carrying.moves import SECRET, WORD, Move, wait_for_answer
from tests.kapsite.sign_in.conftest import code_of
from tests.sites import OWNER_PASSWORD, make_site, serve

pytestmark = [pytest.mark.once, pytest.mark.xdist_group("carrying")]


def test_try_that_was_killed_half_way_left_the_new_database_empty(carried):
    assert carried.first_code == -signal.SIGKILL
    assert carried.first_left == set()


def test_each_proof_is_told(carried):
    for words in (
        "looked through",
        "as many as there were and each as it was",
        "sealed texts opened, from 1 keys",
        "entries of the audit trail, an unbroken chain",
        "Carried over and proved",
    ):
        assert words in carried.said
    assert not re.search(r"^0 ", carried.said, re.M)


def test_every_table_has_as_many_rows_as_it_had(carried):
    names = [n for (n,) in carried.old_rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    kept = [n for n in names if not n.startswith(("sqlite_", "wagtailsearch_indexentry"))]
    assert len(kept) > 75
    count = "SELECT COUNT(*) FROM {}"
    old = {name: carried.old_rows(count.format(name))[0][0] for name in kept}
    assert {name: carried.rows(count.format(name))[0][0] for name in kept} == old
    assert old["taggit_tag"] == 100_000
    assert old["contact_note"] == 25


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("contact_inquiry", "name, email, phone, message, reference, status"),
        ("contact_note", "text, inquiry_id, author_id"),
        ("kapsite_secondstepseed", "seed"),
        ("contact_blindterm", "inquiry_id, term"),
        ("contact_auditentry", "sequence, actor, reference, previous, hash"),
        ("contact_audithead", "sequence, hash"),
        ("django_content_type", "app_label, model"),
        ("auth_permission", "content_type_id, codename"),
        ("wagtailcore_page", "path, title, url_path, content_type_id, locale_id"),
    ],
)
def test_keys_tokens_and_references_are_what_they_were(carried, table, columns):
    query = f"SELECT id, {columns} FROM {table}"  # noqa: S608 - our own names
    old, new = ({plain(row) for row in ask(query)} for ask in (carried.old_rows, carried.rows))
    assert new == old
    assert new


def plain(row) -> tuple[str, ...]:
    """SQLite keeps a UUID as 32 digits; PostgreSQL knows it as one."""
    return tuple(value.hex if isinstance(value, uuid.UUID) else str(value) for value in row)


def test_moments_are_what_they_were(carried):
    query = "SELECT id, date_joined, last_login FROM kapsite_user"
    ((key, joined, last),) = carried.rows(query)
    assert carried.old_rows(query) == [
        (key, joined.astimezone().strftime("%Y-%m-%d %H:%M:%S.%f"), last)
    ]


def test_number_of_a_row_that_is_gone_is_not_given_again(carried):
    ((last,),) = carried.old_rows(
        "SELECT seq FROM sqlite_sequence WHERE name = 'contact_replytemplate'"
    )
    ((highest,),) = carried.old_rows("SELECT MAX(id) FROM contact_replytemplate")
    assert last > highest
    sequence = "pg_get_serial_sequence('contact_replytemplate', 'id')"
    assert carried.rows(f"SELECT nextval({sequence})") == [(last + 1,)]


def test_old_database_and_media_are_as_they_were(carried):
    assert carried.left_behind() == carried.before


def test_password_and_keys_show_in_no_process_list_and_in_no_output(carried):
    assert any(b"carry_over" in line for line in carried.seen)
    assert not [line for line in carried.seen if WORD.encode() in line]
    assert not [word for word in (WORD, "Ada", "Private", "example.org") if word in carried.said]


@pytest.fixture(scope="module")
def address(carried) -> Iterator[str]:
    """Where the carried site is served."""
    with serve(carried.folder, DATABASE_URL=carried.url) as address:
        yield address


def test_carried_site_shows_its_pages_and_finds_them(address):
    browser = urllib.request.build_opener()
    assert "<h1" in visit(browser, f"{address}/library/how-safe-is-kap/")[1]
    assert "/library/how-safe-is-kap/" in visit(browser, f"{address}/search/?q=safe")[1]


def token_in(page: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[0]


def test_carried_account_signs_in_with_its_password_and_its_app(address):
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    where, page = visit(browser, f"{address}/admin/login/")
    for answers in (
        {"username": "owner@example.org", "password": OWNER_PASSWORD},
        {"code": code_of(SECRET)},
    ):
        browser.addheaders = [("Referer", where)]
        form = answers | {"csrfmiddlewaretoken": token_in(page)}
        where, page = visit(browser, where, urlencode(form).encode())
    assert visit(browser, f"{address}/admin/")[0] == f"{address}/admin/"


def test_carried_site_takes_an_inquiry_and_its_trail_goes_on(carried, address):
    before = carried.rows("SELECT COUNT(*) FROM contact_inquiry")[0][0]
    answers = {
        "name": "Bo", "contact_by": "email", "email": "bo@example.org", "phone": "",
        "message": "Hello.", "submission_id": str(uuid.uuid4()), "stamp": stamp_of_age(60),
    }  # fmt: skip
    arrived, _page = visit(
        urllib.request.build_opener(), f"{address}/contact/", urlencode(answers).encode()
    )
    assert "/contact/thanks/" in arrived
    assert carried.rows("SELECT COUNT(*) FROM contact_inquiry") == [(before + 1,)]
    assert "trail is whole" in carried.do("verify_audit")


CHANGE_ON_THE_WAY = """
CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
  $$ BEGIN NEW.title := upper(NEW.title); RETURN NEW; END $$;
CREATE FUNCTION spoil_table() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN
  IF EXISTS (SELECT FROM pg_event_trigger_ddl_commands()
             WHERE object_identity = 'public.contact_replytemplate') THEN
    CREATE TRIGGER spoil BEFORE INSERT ON contact_replytemplate
      FOR EACH ROW EXECUTE FUNCTION spoil();
  END IF; END $$;
CREATE EVENT TRIGGER spoil_table ON ddl_command_end WHEN TAG IN ('CREATE TABLE')
  EXECUTE FUNCTION spoil_table();
"""


def test_row_that_arrives_changed_is_noticed_and_nothing_stays(server, tmp_path):
    """The database itself changes a row here, by a trigger on a table as soon as it is made."""
    move = Move(make_site(tmp_path), server, "spoiled")
    move.make(CHANGE_ON_THE_WAY)
    said = wait_for_answer(move.start())
    assert "A row of contact_replytemplate is not there what it was" in said
    assert move.tables() == set()
