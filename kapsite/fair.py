"""A gunicorn worker that lets one with fewer connections go first.

Whoever is quickest takes a new connection, and keeps it for as long as it lives. So one worker may
end up with all that a proxy holds open, and the others with nothing to do.
"""

import time
from socket import socket

from gunicorn.workers.gthread import ThreadWorker

# Seconds for each connection that a worker has, and the number from which it waits no longer: a
# thousand new ones a second are always let in.
A_MOMENT, MANY = 0.0001, 10


class FairWorker(ThreadWorker):
    """gunicorn's own worker with threads, patient at the door by as much as it has to do."""

    def accept(self, listener: socket) -> None:
        """Take a new connection, unless another worker has done so meanwhile."""
        if self.cfg.workers > 1:
            time.sleep(A_MOMENT * min(self.nr_conns, MANY))
        super().accept(listener)
