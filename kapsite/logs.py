"""Log lines that say what broke and where, and nothing about whom it concerned."""

import logging
import traceback
from typing import Any


class DiscreetFormatter(logging.Formatter):
    """Formats a record without the text of exceptions.

    An exception's message may quote what a visitor typed (a database driver names the row that
    failed, a decoder the bytes). Its type and the lines of code that it passed do not.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        # The formatter of another handler may have left the whole traceback here.
        record.exc_text = None
        return super().format(record)

    def formatException(self, exc_info: Any) -> str:  # noqa: N802 - logging's own name
        kind, error, trace = exc_info
        lines = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(trace)
        ]
        name = kind.__name__ if kind else type(error).__name__
        return "\n".join([f"{name} at", *lines])
