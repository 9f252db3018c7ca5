"""Where training runs: a few places that all sessions share, turn by turn.

`concurrent.futures`' own interface, so that another executor can stand in its place. The places
(processes of this machine, or a cluster's workers) are made when a session opens and given back
soon after the last one has closed.
"""

import pickle
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any

from rnnviz.data.kept import pickled
from rnnviz.training.workers import jobs
from rnnviz.training.workers.jobs import Job
from rnnviz.training.workers.places import Here, Place, Places

LONGEST_TURN, SHORTEST_TURN = 0.15, 0.03
ROUND = 0.4


@dataclass(eq=False)
class _Seat:
    """Where jobs are done one after another: a place, and the job it is at."""

    place: Place
    job: Job | None = None


class Session(Executor):
    """One visitor's share: its jobs wait in a queue of their own, and queues are served in turn.

    While it is open the places stay. `shutdown` closes it and drops its jobs, the one that is
    being done as well.
    """

    def __init__(self, workers: "Workers") -> None:
        self._workers = workers

    @property
    def processes(self) -> int:
        """How many places all sessions share."""
        return self._workers.processes

    @property
    def words(self) -> str:
        """Where they are, for the eye."""
        return self._workers.words

    @property
    def turn(self) -> float:
        """How many seconds a job should take, so that everybody's turn comes soon."""
        return self._workers.turn

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return self._workers.put(self, fn, args, kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:  # noqa: FBT001, FBT002
        self._workers.leave(self)


class Workers(Executor):
    """Places that do jobs.

    One that is lost costs the job it was at, which is done again in a new one, unseen; a job over
    which three are lost raises BrokenProcessPool.

    Args:
        places: where they are: so many processes of this machine; None takes one for each core.
        linger: seconds until they end when there is nothing to do and no session is open.
        patience: seconds until they end when open sessions ask for nothing.
    """

    def __init__(
        self,
        places: Places | int | None = None,
        *,
        linger: float = 2.0,
        patience: float = 900.0,
    ) -> None:
        self._places = Here(places) if places is None or isinstance(places, int) else places
        self._linger, self._patience = linger, patience
        self._queues: OrderedDict[Executor, deque[Job]] = OrderedDict()
        self._sessions: set[Session] = set()
        self._seats: dict[_Seat, threading.Thread] = {}
        self._since = time.monotonic()
        self._closed = False
        self._starting = threading.Semaphore(max(1, self.processes // 2))
        self._change = threading.Condition()

    @property
    def processes(self) -> int:
        """How many places there are."""
        return self._places.count

    @property
    def words(self) -> str:
        """Where they are, for the eye."""
        return self._places.words

    def session(self) -> Session:
        """A visitor's share of the places, which are started if they are not there."""
        session = Session(self)
        with self._change:
            self._sessions.add(session)
            self._start(self.processes)
        return session

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> "Future[Any]":
        return self.put(self, fn, args, kwargs)

    def put(
        self, owner: Executor, fn: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> "Future[Any]":
        """Have a job done for the executor that was asked for it. What cannot be sent fails it."""
        try:
            job = Job(owner, *pickled((fn, args, kwargs)))
        except (pickle.PicklingError, AttributeError, TypeError) as error:
            return jobs.failed(ValueError(jobs.not_sent(error)))
        with self._change:
            if self._closed:
                raise RuntimeError("the workers have been shut down: no job can be taken")
            if owner is not self and owner not in self._sessions:
                raise RuntimeError("this session has been closed: no job can be taken")
            self._queues.setdefault(owner, deque()).append(job)
            self._start(self._busy + sum(map(len, self._queues.values())))
            self._change.notify()
        return job.future

    def leave(self, session: Session) -> None:
        """Close a session: its jobs are cancelled, and a place that is at one drops it."""
        with self._change:
            self._sessions.discard(session)
            waiting = self._queues.pop(session, deque())
            served = {s: s.job for s in self._seats if s.job and s.job.owner is session}
            self._since = time.monotonic()
            self._change.notify_all()
        for job in waiting:
            job.drop()
        for seat, job in served.items():
            # Before the kill: a job whose place is found lost is done again, unless cancelled.
            job.future.cancel()
            with self._change:
                if seat.job is job:
                    seat.place.kill()

    @property
    def _busy(self) -> int:
        return sum(seat.job is not None for seat in self._seats)

    @property
    def turn(self) -> float:
        """Seconds a job should take so that each of those who wait gets a turn every 0.4 s."""
        with self._change:
            crowd = len(self._queues) + self._busy
        return min(max(ROUND * self.processes / max(1, crowd), SHORTEST_TURN), LONGEST_TURN)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: FBT001, FBT002
        with self._change:
            self._closed = True
            dropped = [job for queue in self._queues.values() for job in queue]
            if cancel_futures:
                self._queues.clear()
            self._change.notify_all()
            threads = [*self._seats.values()]
        if cancel_futures:
            for job in dropped:
                job.drop()
        if wait:
            for thread in threads:
                thread.join()

    def _start(self, wanted: int) -> None:
        while len(self._seats) < min(wanted, self.processes):
            seat = _Seat(self._places.one())
            thread = threading.Thread(
                target=self._serve, args=(seat,), name="rnnviz worker", daemon=True
            )
            self._seats[seat] = thread
            thread.start()

    def _serve(self, seat: _Seat) -> None:
        try:
            with self._starting:
                jobs.start(seat.place)
            while job := self._next(seat):
                jobs.do(job, seat.place)
        except OSError as error:
            self._give_up(seat, error)
        else:
            seat.place.end()

    def _give_up(self, seat: _Seat, error: OSError) -> None:
        """No place can be started for this seat: say so to the job at hand; to all who wait, too,
        where nobody else could serve them."""
        with self._change:
            del self._seats[seat]
            failed = [seat.job] if seat.job else []
            if not self._seats:
                failed += [job for queue in self._queues.values() for job in queue]
                self._queues.clear()
        for job in failed:
            job.fail(error)

    def _next(self, seat: _Seat) -> Job | None:
        """The next job in turn; None when the place should be given back."""
        with self._change:
            self._since = time.monotonic()
            seat.job = None
            while not self._queues:
                limit = self._patience if self._sessions else self._linger
                left = self._since + limit - time.monotonic()
                if self._closed or left <= 0:
                    del self._seats[seat]
                    return None
                self._change.wait(left)
            seat.job = self._pop()
            return seat.job

    def _pop(self) -> Job:
        owner, queue = self._queues.popitem(last=False)
        job = queue.popleft()
        if queue:
            self._queues[owner] = queue
        return job
