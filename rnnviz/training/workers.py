"""Where training runs: a small pool of processes that all sessions share, turn by turn.

`concurrent.futures`' own interface, so that another executor can stand in its place. The processes
are started when a session opens and gone soon after the last one has closed.
"""

import os
import pickle
import subprocess
import sys
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from rnnviz.training.worker import receive, send

ATTEMPTS = 3
LONGEST_TURN, SHORTEST_TURN = 0.15, 0.03
ROUND = 0.4


@dataclass
class _Job:
    message: bytes
    future: "Future[Any]" = field(default_factory=Future)


class Session(Executor):
    """One visitor's share: its jobs wait in a line of their own, and lines are served in turn.

    While it is open the processes stay. `shutdown` closes it and drops what still waits.
    """

    def __init__(self, workers: "Workers") -> None:
        self._workers = workers

    @property
    def processes(self) -> int:
        """How many processes all sessions share."""
        return self._workers.processes

    @property
    def turn(self) -> float:
        """How many seconds a job should take, so that everybody's turn comes soon."""
        return self._workers.turn

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return self._workers.put(self, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: FBT001, FBT002
        self._workers.leave(self)


class Workers(Executor):
    """Processes that do jobs, as many as there are cores.

    A process that is killed costs the job it was at, which is done again in a new one, unseen;
    a job that kills three processes raises BrokenProcessPool.

    Args:
        processes: how many; None takes one for each core.
        linger: seconds until they end when there is nothing to do and no session is open.
        patience: seconds until they end when open sessions ask for nothing.
    """

    def __init__(
        self, processes: int | None = None, *, linger: float = 2.0, patience: float = 900.0
    ) -> None:
        self.processes = max(1, processes or _cores())
        self._linger, self._patience = linger, patience
        self._lines: OrderedDict[Executor, deque[_Job]] = OrderedDict()
        self._sessions: set[Session] = set()
        self._threads: set[threading.Thread] = set()
        self._free = 0
        self._since = time.monotonic()
        self._closed = False
        self._change = threading.Condition()

    def session(self) -> Session:
        """A visitor's share of the processes, which are started if they are not there."""
        session = Session(self)
        with self._change:
            self._sessions.add(session)
            self._start(self.processes)
        return session

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return self.put(self, fn, args, kwargs)

    def put(
        self, line: Executor, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> "Future[Any]":
        """Queue a job in a line."""
        job = _Job(pickle.dumps((fn, args, kwargs)))
        with self._change:
            if self._closed:
                raise RuntimeError("the workers have been shut down: no job can be taken")
            self._lines.setdefault(line, deque()).append(job)
            self._start(len(self._threads) + (self._free == 0))
            self._change.notify()
        return job.future

    def leave(self, session: Session) -> None:
        """Close a session: what waits in its line is dropped."""
        with self._change:
            self._sessions.discard(session)
            waiting = self._lines.pop(session, deque())
            self._since = time.monotonic()
            self._change.notify_all()
        for job in waiting:
            job.future.cancel()

    @property
    def turn(self) -> float:
        """Seconds a job should take so that each of those who wait gets a turn every 0.4 s."""
        with self._change:
            crowd = len(self._lines) + len(self._threads) - self._free
        return min(max(ROUND * self.processes / max(1, crowd), SHORTEST_TURN), LONGEST_TURN)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        with self._change:
            self._closed = True
            dropped = [job for line in self._lines.values() for job in line]
            if cancel_futures:
                self._lines.clear()
            self._change.notify_all()
            threads = [*self._threads]
        if cancel_futures:
            for job in dropped:
                job.future.cancel()
        if wait:
            for thread in threads:
                thread.join()

    def _start(self, wanted: int) -> None:
        while len(self._threads) < min(wanted, self.processes):
            thread = threading.Thread(target=self._serve, name="rnnviz worker", daemon=True)
            self._threads.add(thread)
            thread.start()

    def _serve(self) -> None:
        try:
            process = _Process()
        except OSError as error:
            self._give_up(error)
            return
        while (job := self._next()) is not None:
            if job.future.set_running_or_notify_cancel():
                process = _do(job, process)
        process.end()

    def _give_up(self, error: OSError) -> None:
        """No process can be started: say so to all who wait."""
        with self._change:
            self._threads.discard(threading.current_thread())
            waiting = [job for line in self._lines.values() for job in line]
            self._lines.clear()
        for job in waiting:
            job.future.set_exception(error)

    def _next(self) -> _Job | None:
        """The next job in turn; None when the process should end."""
        with self._change:
            self._since = time.monotonic()
            self._free += 1
            try:
                while not self._lines:
                    limit = self._patience if self._sessions else self._linger
                    left = self._since + limit - time.monotonic()
                    if self._closed or left <= 0:
                        self._threads.discard(threading.current_thread())
                        return None
                    self._change.wait(left)
                return self._pop()
            finally:
                self._free -= 1

    def _pop(self) -> _Job:
        line, jobs = self._lines.popitem(last=False)
        job = jobs.popleft()
        if jobs:
            self._lines[line] = jobs
        return job


class _Process:
    """One worker process, seen from here."""

    def __init__(self) -> None:
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
        assert self._process.stdin
        assert self._process.stdout
        send(cast(Any, self._process.stdin), message)
        return receive(cast(Any, self._process.stdout))

    def end(self) -> None:
        """End it at once, and wait until it is gone."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        self._process.wait()


def _do(job: _Job, process: _Process) -> _Process:
    """Do a job, again if its process dies; the process that lives on."""
    for _ in range(ATTEMPTS):
        try:
            answer = process.answer(job.message)
        except (EOFError, OSError):
            process.end()
            process = _Process()
            continue
        try:
            went_well, result = pickle.loads(answer)  # noqa: S301
        except Exception as error:
            went_well, result = False, error
        if went_well:
            job.future.set_result(result)
        else:
            job.future.set_exception(result)
        return process
    job.future.set_exception(
        BrokenProcessPool(f"{ATTEMPTS} processes ended over this: it may need too much memory")
    )
    return process


def _cores() -> int:
    """The cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
