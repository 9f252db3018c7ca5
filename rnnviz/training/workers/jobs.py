"""A job for a worker, and how it is done whatever processes or machines are lost over it."""

import pickle
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import Any

from rnnviz.data.kept import Kept
from rnnviz.texts import Sentence
from rnnviz.training.workers.places import Place

ATTEMPTS = 3
"""How many processes may end over a job before it is given up."""
STARTS = 10
"""How many may end, one after another, before they were ready."""


@dataclass(eq=False)
class Job:
    """What an executor was asked to do, pickled, and the data that it refers to.

    Its future is pending until it is done: it can be cancelled while a process is at it, too.
    """

    owner: Executor
    message: bytes
    data: tuple[Kept, ...] = ()
    future: "Future[Any]" = field(default_factory=Future)

    def drop(self) -> None:
        """Cancel it while it waits."""
        self.future.cancel()
        self.future.set_running_or_notify_cancel()

    def settle(self, answer: bytes) -> None:
        """Pass on what a process answered, if anybody still wants it."""
        try:
            went_well, result = pickle.loads(answer)  # noqa: S301
        except Exception as error:
            went_well, result = False, error
        if not went_well:
            self.fail(result)
        elif self.future.set_running_or_notify_cancel():
            self.future.set_result(result)

    def fail(self, error: BaseException) -> None:
        if self.future.set_running_or_notify_cancel():
            self.future.set_exception(error)


def not_sent(why: Exception) -> Sentence:
    """What is said of a job that no other process can be given."""
    return Sentence(
        "this cannot be sent to another process: {why}. The functions of a task of your own must "
        "stand in a module that can be imported, on its top level; or train it in this process, "
        "with rnnviz.training.advance",
        why=str(why),
    )


def failed(error: BaseException) -> "Future[Any]":
    """The future of what was never begun."""
    found: Future[Any] = Future()
    found.set_exception(error)
    return found


def start(place: Place) -> None:
    """Start a place, again if it is lost before it is ready. OSError where none can be started."""
    for _ in range(STARTS):
        place.start()
        try:
            place.wait_until_ready()
        except (EOFError, OSError):
            place.end()
        else:
            return
    raise OSError(f"{STARTS} processes ended while they started: is there too little memory?")


def do(job: Job, place: Place) -> None:
    """Do a job, again if its place is lost over it. OSError where none can be started any more."""
    for _ in range(ATTEMPTS):
        if job.future.cancelled():
            break
        try:
            answer = place.do(job.message, job.data)
        except (EOFError, OSError):
            place.end()
            start(place)
        else:
            job.settle(answer)
            return
    job.fail(
        BrokenProcessPool(f"{ATTEMPTS} processes ended over this: it may need too much memory")
    )
