"""Streamlit's server answers at once.

It binds its socket without naming TCP, so asyncio leaves Nagle's algorithm on for every connection
(github.com/Kludex/uvicorn/issues/3149): a second small write waits until the browser acknowledges
the first, 40 ms on Linux. A page of many small files, and every rerun of several small messages,
waits so again and again.
"""

import os
import socket
import stat
from collections.abc import Iterator
from functools import cache
from pathlib import Path

DESCRIPTORS = Path("/dev/fd")


@cache
def answer_at_once() -> None:
    """Turn Nagle's algorithm off, on all TCP sockets there are and those they will accept."""
    for copy in _sockets():
        with copy:
            if copy.family in {socket.AF_INET, socket.AF_INET6} and copy.type == socket.SOCK_STREAM:
                copy.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _sockets() -> Iterator[socket.socket]:
    """A duplicate of every socket this process has open; none where descriptors are not files."""
    if not DESCRIPTORS.is_dir():
        return
    for descriptor in [int(path.name) for path in DESCRIPTORS.iterdir()]:
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                yield socket.socket(fileno=os.dup(descriptor))
        except OSError:
            continue
