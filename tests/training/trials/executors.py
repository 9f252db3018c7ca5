"""Executors that train in this process, or only say that they do."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import replace

from rnnviz.training.comparison import costs
from rnnviz.training.runs.runs import Evaluation
from rnnviz.training.workers.chunks import Chunk


class Here(Executor):
    """Does each job at once, in this process."""

    turn = 10.0

    def submit(self, fn, /, *args):
        future = Future()
        future.set_result(fn(*args))
        return future


class Pretended(Executor):
    """Does no job, but says that each update took three times what it was expected to cost.

    score: knobs → the metric that all its evaluations have.
    """

    turn, processes = 0.06, 4

    def __init__(self, score: Callable = lambda knobs: 0.5):
        self.asked, self.score = [], score

    def submit(self, fn, /, run, updates):
        future = Future()
        self.asked.append((run, updates))
        future.set_result(self.chunk(run, updates))
        return future

    def chunk(self, run, updates):
        at = run.update + updates
        last = Evaluation(at, 1.0, self.score(run.knobs))
        later = replace(run, update=at, evaluations=(*run.evaluations, last))
        return Chunk(later, 3 * costs.seconds(run.knobs) / run.knobs.updates * updates)


class AtItsOwnPace(Pretended):
    """The same, in any order and after any time."""

    def __init__(self, score, rng):
        super().__init__(score)
        self.rng, self.pending = rng, []

    def submit(self, fn, /, run, updates):
        at_most = run.knobs.updates - run.update
        future = Future()
        self.pending.append((future, self.chunk(run, min(updates, at_most))))
        return future

    def answer(self):
        future, chunk = self.pending.pop(self.rng.integers(len(self.pending)))
        future.set_result(chunk)
