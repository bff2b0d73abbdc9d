"""A connection to SQLite that is kept open only for as long as its file is where it was.

An open connection goes on writing into a file that somebody has moved away or replaced, and
visitors would be thanked for messages that nobody will find. To open a connection anew for each
request avoids that and costs half of what it takes to store an inquiry; to look at the file costs
a few millionths of a second. With CONN_HEALTH_CHECKS, Django asks once a request.
"""

import os
from typing import Any

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """Django's own connection to SQLite, usable while it leads to the file of its name."""

    _opened: tuple[int, int] | None = None

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        # Before it is opened: a file that changes meanwhile is then another, and opened once more.
        self._opened = self._file()
        return super().get_new_connection(conn_params)

    def is_usable(self) -> bool:
        """Whether what is written here can be found under the database's name."""
        if self.is_in_memory_db():
            return True
        return self._opened is not None and self._opened == self._file()

    def _file(self) -> tuple[int, int] | None:
        """Which file has the database's name now, by device and inode, or None."""
        try:
            status = os.stat(self.settings_dict["NAME"])
        except OSError:
            return None
        return status.st_dev, status.st_ino
