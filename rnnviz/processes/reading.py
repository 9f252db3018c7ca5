"""The other end of `readers`: a process that reads one file after another, within limits.

For each it gets a message in JSON, what is asked, and one with the file. It answers with one in
JSON and one in bytes. It says that it is ready before the first; when its input ends, so does it.
"""

import json
import os
import signal
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, BinaryIO

from rnnviz.processes.messages import receive, send

READY = b"ready"
Answer = Callable[[dict[str, Any], bytes], tuple[Mapping[str, Any], bytes]]


def serve(answer: Answer, *, memory: int, warm_up: Callable[[], None]) -> None:
    """Serve until the input ends. What a library prints goes to the standard error.

    Args:
        answer: of what is asked and a file.
        memory: how many bytes of address space there are, where the system counts them (not on
            Windows). What needs more has a MemoryError.
        warm_up: imports what is imported only when a file is read.
    """
    files, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    warm_up()
    _limit(memory)
    send(answers, READY)
    while True:
        try:
            _serve(answer, files, answers)
        except (EOFError, BrokenPipeError):
            os._exit(0)


def _limit(memory: int) -> None:
    """No more memory than so much; no file written, that of a crash neither."""
    if sys.platform == "win32":
        return
    import resource

    limits = {resource.RLIMIT_AS: memory, resource.RLIMIT_FSIZE: 0, resource.RLIMIT_CORE: 0}
    for limit, most in limits.items():
        with suppress(OSError, ValueError):  # macOS has the first by name only
            resource.setrlimit(limit, (most, most))


def _serve(answer: Answer, files: BinaryIO, answers: BinaryIO) -> None:
    said, made = answer(json.loads(receive(files)), receive(files))
    send(answers, json.dumps(said).encode())
    send(answers, made)
