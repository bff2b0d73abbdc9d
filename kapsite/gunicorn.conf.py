"""How gunicorn serves the site; each setting stands beside its reason.

For a single start on one machine, `GUNICORN_CMD_ARGS` overrides anything here.
"""

import ctypes
import gc
import logging
import os
import sys
from contextlib import suppress
from typing import Any

# This machine only: a proxy such as nginx stands in front and speaks TLS. A platform's proxy comes
# from outside and needs LISTEN_ADDRESS=0.0.0.0.
bind = f"{os.environ.get('LISTEN_ADDRESS') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"

# Two processes use two cores and let one serve while the other is recycled.
workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
# Threads, so that a visitor on a slow line does not hold up a whole process; ours share connections
# evenly.
worker_class = "kapsite.fair.FairWorker"
threads = 4
# Loaded once before the fork: a faster start, shared memory, and a broken setting stops the start
# instead of making workers die for ever.
preload_app = True

# A worker is replaced now and then, so that a slow leak never matters; the jitter keeps the
# workers from leaving at the same moment. Pages out of memory count as well, at thousands a second
# in a rush, and each replacement makes them all anew: so not too often.
max_requests = 1_000_000
max_requests_jitter = 100_000

# A worker that shows no life for this long is replaced.
timeout = 30
# What a visitor has sent may finish before a stop.
graceful_timeout = 20
# A little longer than a page and its images take; nginx keeps its own connections shorter.
keepalive = 5
# Heartbeat files in memory: on a busy disk, a write would look like a dead worker.
worker_tmp_dir = next((path for path in ("/dev/shm",) if os.access(path, os.W_OK)), None)

# The longest that gunicorn offers; a longer address is refused before Django wakes.
limit_request_line = 8190

# Gunicorn's C parser where somebody has built it: it has no wheel for Linux, and set-up must not
# need a compiler. Otherwise gunicorn's own.
http_parser = "auto"

# Whom to believe about scheme and address is one setting, TRUSTED_PROXIES, and Django applies it.
forwarded_allow_ips = ""
# Signals do all that we need; a socket in the home folder would be one more door.
control_socket_disable = True

# An address is personal, so no access log here; nginx keeps one if the practice wants it.
accesslog = None
errorlog = "-"
proc_name = "kapsite"


# From glibc's malloc.h. Otherwise each thread has a heap of its own, and keeps there what a large
# page took for a moment: six megabytes in each worker.
M_MMAP_THRESHOLD, M_ARENA_MAX = -3, -8
MEGABYTE = 1 << 20
with suppress(AttributeError, OSError):  # Another C library has its own ways.
    mallopt = ctypes.CDLL(None).mallopt
    mallopt(M_ARENA_MAX, 1)
    mallopt(M_MMAP_THRESHOLD, MEGABYTE)


def when_ready(server: Any) -> None:
    """Share memory for good: what is there before the fork is never looked at for garbage, so the
    workers write nothing into it. Saves a tenth of each process."""
    gc.collect()
    gc.freeze()


# Seconds after which a thread that computes lets another one go on. Each statement of a database
# gives way while it runs, and with Python's own 5 ms, whoever stores an inquiry would spend most
# of the time in which nobody else may write on waiting to be let in again.
SWITCH_INTERVAL = 0.0005


def discreet(record: logging.LogRecord) -> bool:
    """Take the visitor out of a log record: gunicorn quotes the address and what was sent."""
    for private in ("Invalid request", "Error handling request"):
        if str(record.msg).startswith(private):
            record.msg, record.args = f"{private}.", ()
    return True


def post_worker_init(worker: Any) -> None:
    """Make the worker's error log discreet."""
    from kapsite.logs import DiscreetFormatter, JsonFormatter

    kinds = {"json": JsonFormatter}
    formatter = kinds.get(os.environ.get("LOG_FORMAT", ""), DiscreetFormatter)()
    sys.setswitchinterval(SWITCH_INTERVAL)
    worker.log.error_log.addFilter(discreet)
    for handler in worker.log.error_log.handlers:
        handler.setFormatter(formatter)
