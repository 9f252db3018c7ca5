"""What a worker is asked to do for a page. Importing this loads no torch; doing it does."""

import time
from concurrent.futures import Executor, Future
from typing import NamedTuple

from rnnviz.training.runs.runs import Run, start


class Chunk(NamedTuple):
    """A run some updates further, without the past it was given; `seconds` is what that took."""

    run: Run
    seconds: float


def fitting(executor: Executor, pace: float | None) -> int:
    """How many updates fit a turn, at so many seconds each; one where that is not known yet."""
    turn = getattr(executor, "turn", 0.15)
    return max(1, int(turn / pace)) if pace else 1


def ask(executor: Executor, run: Run, updates: int) -> "Future[Chunk] | None":
    """Have a run taken further. None where the executor was shut down meanwhile, as that of a
    session is when its tab is closed or the server's caches are cleared."""
    try:
        return executor.submit(advanced, run, updates)
    except RuntimeError:
        return None


def advanced(run: Run, updates: int) -> Chunk:
    """`training.advance`, timed."""
    from rnnviz import training

    begin = time.perf_counter()
    later = training.advance(run.without_past(), updates)
    return Chunk(later, time.perf_counter() - begin)


def warm_up() -> None:
    """Load all that the first update needs: torch, and its optimizers, take seconds."""
    advanced(start(length=2, hidden=1, batch=1), 1)
