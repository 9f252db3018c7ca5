"""Where jobs are done: processes of this machine, or the workers of a Dask cluster."""

import os
from collections.abc import Mapping, Sequence
from typing import Protocol

from rnnviz.data.kept import Kept
from rnnviz.processes.process import Process
from rnnviz.texts import _

EXECUTOR = "RNNVIZ_EXECUTOR"
"""The environment variable that names a cluster, as `dask://scheduler:8786`."""


class Place(Protocol):
    """Where one job is done after another: pickled in, pickled out (see `worker.done`)."""

    def start(self) -> None:
        """Have it made; OSError where it cannot be."""

    def wait_until_ready(self) -> None:
        """EOFError or OSError where it was lost before."""

    def do(self, message: bytes, data: Sequence[Kept]) -> bytes:
        """What came of a job that refers to these data. EOFError or OSError where the place was
        lost over it, or `kill`ed."""

    def kill(self) -> None:
        """Drop what is being done: whoever waits for its answer gets an EOFError."""

    def end(self) -> None:
        """Give it back."""


class Places(Protocol):
    """Where places come from, for `workers.Workers`."""

    @property
    def count(self) -> int:
        """How many there are, as far as that is known; never none."""

    @property
    def words(self) -> str:
        """Where that is, for the eye."""

    def one(self) -> Place:
        """A place that is yet to be started."""


class Worker(Process):
    """A process of this machine: the data that a job refers to it reads from their files."""

    def do(self, message: bytes, data: Sequence[Kept]) -> bytes:
        return self.answer(message)


class Here:
    """Processes of this machine, as many as there are cores.

    Args:
        count: how many; None takes one for each core.
        module: what each process runs: one that calls `worker.serve`.
    """

    def __init__(
        self, count: int | None = None, module: str = "rnnviz.training.workers.worker"
    ) -> None:
        self.count = max(1, count or _cores())
        self._module = module

    @property
    def words(self) -> str:
        return _("on the server")

    def one(self) -> Place:
        return Worker(self._module)


def places(environment: Mapping[str, str] = os.environ) -> Places:
    """What `RNNVIZ_EXECUTOR` asks for; processes of this machine where it asks for nothing."""
    named = environment.get(EXECUTOR, "")
    if not named:
        return Here()
    from rnnviz.training.workers.cluster import Cluster

    return Cluster(named)


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
