"""Sessions whose content is sealed: a copied database shows neither who works nor with what.

While somebody sets up an authenticator app, its secret waits in the session; while somebody is
asked for the password again, what they were about to send does.
"""

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions

from contact.sealing import Place, SealingError, key_ring


class SessionStore(DatabaseSessions):
    """Django's own sessions in the database, with another way to write down what they hold."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        """The token that stands in the row; it opens under this session's own key only."""
        return key_ring().seal(json.dumps(session_dict), self._place)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        """What the session holds; nothing when it does not open, and its owner signs in again."""
        try:
            return json.loads(key_ring().open(str(session_data), self._place))
        except SealingError:
            return {}

    @property
    def _place(self) -> Place:
        return Place("django_session", "session_data", str(self.session_key))
