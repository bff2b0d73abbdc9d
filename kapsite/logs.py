"""Log lines: what broke, where and in which request, and nothing about whom it concerned."""

import json
import logging
import traceback
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

# The id of the request that is being answered. Visitors can quote it; it says nothing of them.
request_id: ContextVar[str] = ContextVar("request_id", default="-")


class DiscreetFormatter(logging.Formatter):
    """Formats a record without the text of exceptions.

    An exception's message may quote what a visitor typed (a database driver names the row that
    failed, a decoder the bytes). Its type and the lines of code that it passed do not.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # The formatter of another handler may have left the whole traceback here.
        record.exc_text = None
        record.request_id = request_id.get()
        return super().format(record)

    def formatException(self, exc_info: Any) -> str:  # noqa: N802 - logging's own name
        kind, error, trace = exc_info
        name = kind.__name__ if kind else type(error).__name__
        return "\n".join([f"{name} at", *(f"  {place}" for place in places(trace))])


class JsonFormatter(logging.Formatter):
    """The same as one line of JSON for each record, for machines that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC)
        line: dict[str, Any] = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "request": request_id.get(),
            "message": record.getMessage(),
        }
        if record.exc_info:
            kind, error, trace = record.exc_info
            line["error"] = kind.__name__ if kind else type(error).__name__
            line["at"] = places(trace)
        return json.dumps(line)


def places(trace: Any) -> list[str]:
    """The lines of code that an exception passed."""
    frames = traceback.extract_tb(trace)
    return [f"{frame.filename}:{frame.lineno} in {frame.name}" for frame in frames]
