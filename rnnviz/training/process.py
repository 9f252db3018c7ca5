"""A worker process, seen from the one that starts it."""

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from rnnviz.training.worker import receive, send


class Process:
    """A `rnnviz.training.worker`: started, ended, started again."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """OSError where the machine has no room for it."""
        one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        here = str(Path(__file__).parent.parent.parent)
        path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "rnnviz.training.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, **one_thread, "PYTHONPATH": path},
        )

    def answer(self, message: bytes) -> bytes:
        """Have a job done. EOFError or OSError if the process dies over it."""
        assert self._process
        send(cast(Any, self._process.stdin), message)
        return receive(cast(Any, self._process.stdout))

    def kill(self) -> None:
        """End it at once: who waits for its answer gets an EOFError."""
        if self._process:
            self._process.kill()

    def end(self) -> None:
        """End it at once, and wait until it is gone."""
        if not self._process:
            return
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()
