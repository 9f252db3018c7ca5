"""A process, seen from the one that starts it."""

import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from rnnviz.processes.messages import receive, send

PIPE = 2**20
"""How many bytes a pipe should take before who writes waits for who reads; Linux heeds it."""


class Process:
    """A Python module run as a process: started, ended, started again.

    Args:
        module: its dotted name. It writes an empty message to its standard output when it is
            ready, takes messages from its standard input and answers each; when the input ends,
            so does it.
        environment: variables it gets besides this process's own.
    """

    def __init__(self, module: str, environment: Mapping[str, str] = MappingProxyType({})) -> None:
        self._module, self._environment = module, environment
        self._process: subprocess.Popen[bytes] | None = None
        self._is_ready = False

    def start(self) -> None:
        """OSError where the machine has no room for it."""
        one_thread = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
        here = str(Path(__file__).parent.parent.parent)
        path = os.pathsep.join(filter(None, [here, os.environ.get("PYTHONPATH")]))
        self._is_ready = False
        self._process = subprocess.Popen(
            [sys.executable, "-m", self._module],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pipesize=PIPE,
            env={**os.environ, **one_thread, **self._environment, "PYTHONPATH": path},
        )

    @property
    def number(self) -> int:
        """The system's number of it, once it was started."""
        assert self._process
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether it was started and has not ended."""
        return self._process is not None and self._process.poll() is None

    def wait_until_ready(self) -> None:
        """Wait until it takes messages. EOFError if it dies before."""
        if not self._is_ready:
            self.next()
            self._is_ready = True

    def answer(self, message: bytes) -> bytes:
        """Send a message and wait for the next. EOFError or OSError if the process dies over it."""
        self.send(message)
        return self.next()

    def send(self, message: bytes) -> None:
        """Send it a message. OSError if the process dies over it."""
        assert self._process
        send(cast(Any, self._process.stdin), message)

    def next(self) -> bytes:
        """Wait for the next message it sends. EOFError if it is gone."""
        assert self._process
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
