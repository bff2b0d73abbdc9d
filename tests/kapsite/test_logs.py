"""A log line says what broke and where, and nothing about whom it concerned."""

import io
import json
import logging

import pytest

from kapsite.logs import DiscreetFormatter, JsonFormatter, request_id

MARKER = "jane-doe-private"


@pytest.fixture
def log():
    """A logger that writes discreetly, and what it has written so far."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(DiscreetFormatter())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    return logger, written


def fail(message: str) -> None:
    raise ValueError(message)


def test_exceptions_message_is_left_out_and_its_kind_and_place_stay(log):
    logger, written = log
    try:
        fail(MARKER)
    except ValueError:
        logger.exception("The page could not be shown.")
    assert MARKER not in written.getvalue()
    assert "The page could not be shown." in written.getvalue()
    assert "ValueError at" in written.getvalue()
    assert f"{__file__}:" in written.getvalue()
    assert "in fail" in written.getvalue()


def test_the_cause_of_an_exception_is_left_out_too(log):
    logger, written = log
    try:
        try:
            fail(MARKER)
        except ValueError as error:
            raise RuntimeError(MARKER) from error
    except RuntimeError:
        logger.exception("Twice.")
    assert "RuntimeError" in written.getvalue()
    assert MARKER not in written.getvalue()


def test_another_handlers_formatting_does_not_slip_through(log):
    logger, written = log

    class Talkative(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            logging.Formatter().format(record)  # Caches the whole traceback on the record.

    logger.handlers.insert(0, Talkative())
    try:
        fail(MARKER)
    except ValueError:
        logger.exception("The page could not be shown.")
    assert MARKER not in written.getvalue()


def test_root_logger_of_the_site_is_discreet():
    handlers = [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
    assert [type(handler.formatter) for handler in handlers] == [DiscreetFormatter]


def test_json_is_one_line_with_the_request_and_without_the_message(log):
    logger, written = log
    logger.handlers[0].setFormatter(JsonFormatter())
    token = request_id.set("abc")
    try:
        fail(MARKER)
    except ValueError:
        logger.exception("The page could not be shown.")
    finally:
        request_id.reset(token)
    [line] = written.getvalue().splitlines()
    said = json.loads(line)
    assert (said["level"], said["request"], said["error"]) == ("ERROR", "abc", "ValueError")
    assert said["at"][-1].endswith(" in fail")
    assert MARKER not in line


def test_each_answer_has_an_id_of_its_own(db, visitor):
    answer = visitor.get("/readyz")
    assert len(answer["X-Request-ID"]) == 32
    assert visitor.get("/readyz")["X-Request-ID"] != answer["X-Request-ID"]
    assert request_id.get() == "-"


@pytest.mark.parametrize(
    ("proxies", "given", "is_taken"),
    [
        (1, "0123456789abcdef", True),
        (0, "0123456789abcdef", False),
        (1, "short", False),
        (1, "x" * 65, False),
        (1, "one two three", False),
    ],
)
def test_id_of_our_own_proxy_is_taken(db, proxies, given, is_taken, visitor, settings):
    settings.TRUSTED_PROXIES = proxies
    answer = visitor.get("/readyz", HTTP_X_REQUEST_ID=given)
    assert (answer["X-Request-ID"] == given) is is_taken


def test_error_page_names_the_id(planted, visitor, monkeypatch):
    monkeypatch.setattr("kapsite.health.holds", lambda probe: 1 / 0)
    visitor.raise_request_exception = False
    answer = visitor.get("/readyz")
    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
