"""A log line says what broke and where, and nothing about whom it concerned."""

import io
import logging

import pytest

from kapsite.logs import DiscreetFormatter

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
