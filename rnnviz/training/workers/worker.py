"""`python -m rnnviz.training.workers.worker`: does one job after another for `workers`.

Jobs come in on the standard input and go out on the standard output, each a length and a pickle;
when the input ends, so does the process: it never outlives the one that started it.
"""

import os
import pickle
import signal
import sys
from collections.abc import Callable
from typing import Any

from rnnviz.processes.messages import receive, send
from rnnviz.training.workers.jobs import not_sent


def done(message: bytes) -> bytes:
    """Do a pickled (function, args, kwargs): a pickled (whether it went well, result or error)."""
    answer: tuple[bool, Any]
    try:
        function, args, kwargs = _read(message)
        answer = (True, function(*args, **kwargs))
    except Exception as error:
        answer = (False, error)
    try:
        return pickle.dumps(answer)
    except Exception as error:
        return pickle.dumps((False, RuntimeError(f"{answer[1]!r} cannot be sent: {error}")))


def _read(message: bytes) -> Any:
    try:
        return pickle.loads(message)  # noqa: S301
    except (AttributeError, ImportError) as error:  # a function of a notebook's own
        raise ValueError(not_sent(error)) from None


def warm_up() -> None:
    """Load what every chunk of training needs, so that the first need not wait for it."""
    from rnnviz.training.workers import chunks

    chunks.warm_up()


def serve(before: Callable[[], None] = warm_up) -> None:
    """Serve until the input ends. What a library prints goes to the standard error.

    Args:
        before: what is done before it says that it is ready.
    """
    jobs, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    before()
    if hasattr(os, "nice"):
        os.nice(5)
    try:
        send(answers, b"")
        while True:
            send(answers, done(receive(jobs)))
    except (EOFError, BrokenPipeError):
        os._exit(0)


if __name__ == "__main__":
    serve()
