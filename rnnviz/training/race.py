"""A fair race: cells of matched size on longer and longer lags, several seeds each.

A cell that solved a lag on no seed is not asked for longer ones.
"""

from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, Literal

from rnnviz import cells, tasks
from rnnviz.representation import Cell
from rnnviz.training import chunks
from rnnviz.training.runs import Run, start

Matched = Literal["units", "parameters"]
AT_ONCE = 4
MOST_UNITS = 256
CHUNK = 0.3


@dataclass(frozen=True)
class Entrant:
    """A cell in the race: its units, and how many numbers that makes to learn."""

    cell: str
    hidden: int
    parameters: int


@dataclass(frozen=True)
class Result:
    """How one run ended. solved_at: None where it was not solved. metric: the last one."""

    seed: int
    solved_at: int | None
    updates: int
    metric: float


def parameters(cell: Cell, inputs: int, hidden: int, outputs: int) -> int:
    """How many numbers one layer and a readout of it learn."""
    sizes = {"hidden": hidden, "inputs": inputs}
    total = outputs * (hidden + 1)
    for shape in cell.parameters.values():
        numbers = 1
        for size in shape:
            numbers *= sizes[size]
        total += numbers
    return total


def entrants(names: Sequence[str], task: str, hidden: int, matched: Matched) -> tuple[Entrant, ...]:
    """The cells at equal units, or each with the units that come nearest the first's parameters."""
    about = tasks.find(task)

    def count(name: str, units: int) -> int:
        return parameters(cells.GALLERY[name], about.inputs, units, about.outputs)

    goal = count(names[0], hidden)
    found = []
    for name in names:
        units = hidden
        if matched == "parameters":
            units = min(range(1, MOST_UNITS + 1), key=lambda n: abs(count(name, n) - goal))
        found.append(Entrant(name, units, count(name, units)))
    return tuple(found)


@dataclass(eq=False)
class _Runner:
    entrant: Entrant
    lag: int
    seed: int
    run: Run
    future: "Future[chunks.Chunk] | None" = None
    pace: float | None = None


class Race:
    """Runs of all entrants over lags and seeds. `beat` takes them on while there is anything to do.

    shared: the knobs all have. `results[entrant, lag]` fills as runs end. was_cancelled: left
    before its end.
    """

    def __init__(
        self,
        entrants: Sequence[Entrant],
        lags: Sequence[int],
        seeds: int,
        shared: Mapping[str, Any],
    ) -> None:
        self.entrants, self.lags, self.seeds = tuple(entrants), tuple(sorted(lags)), seeds
        self.shared = dict(shared)
        self.updates = int(shared["updates"])
        self.results: dict[tuple[Entrant, int], list[Result]] = {}
        self._waiting = deque(
            (entrant, lag, seed)
            for lag in self.lags
            for seed in range(seeds)
            for entrant in self.entrants
        )
        self._on: list[_Runner] = []
        self.was_cancelled = False
        self._total = len(self._waiting)
        self._seconds, self._ended = 0.0, 0

    @property
    def is_over(self) -> bool:
        return not self._waiting and not self._on

    @property
    def done(self) -> float:
        """The share of all runs that have ended, or will not be made."""
        return 1.0 - (len(self._waiting) + len(self._on)) / max(self._total, 1)

    @property
    def seconds_left(self) -> float | None:
        """Processor seconds still needed if the rest take as long as those that ended; or None."""
        if not self._ended:
            return None
        return self._seconds / self._ended * (len(self._waiting) + len(self._on))

    def beat(self, executor: Executor) -> None:
        """Collect what is done, and keep a few runs going."""
        while len(self._on) < AT_ONCE and self._waiting:
            self._enter(*self._waiting.popleft())
        for runner in [*self._on]:
            if runner.future and runner.future.done():
                self._collect(runner)
            if runner in self._on and runner.future is None:
                updates = max(1, int(CHUNK / runner.pace)) if runner.pace else 5
                left = self.updates - runner.run.update
                runner.future = executor.submit(chunks.advanced, runner.run, min(updates, left))

    def cancel(self) -> None:
        """Stop at once; what has ended stays."""
        self.was_cancelled = not self.is_over
        self._waiting.clear()
        for runner in self._on:
            if runner.future:
                runner.future.cancel()
        self._on.clear()

    def longest(self, entrant: Entrant) -> int | None:
        """The longest lag solved on more than half of the seeds."""
        solved = [
            lag
            for lag in self.lags
            if sum(r.solved_at is not None for r in self.results.get((entrant, lag), []))
            > self.seeds / 2
        ]
        return max(solved, default=None)

    def _enter(self, entrant: Entrant, lag: int, seed: int) -> None:
        if self._gave_up(entrant, lag):
            return
        memory = cells.ABOUT[entrant.cell].memory
        own = {} if memory is None or memory.write is None else {"forget_bias": 1.0}
        knobs = {**self.shared, **own, "cell": entrant.cell, "hidden": entrant.hidden}
        self._on.append(_Runner(entrant, lag, seed, start(**knobs, length=lag, seed=seed)))

    def _gave_up(self, entrant: Entrant, lag: int) -> bool:
        """Whether a shorter lag was solved on no seed at all."""
        return any(
            len(found) == self.seeds and all(r.solved_at is None for r in found)
            for (who, shorter), found in self.results.items()
            if who == entrant and shorter < lag
        )

    def _collect(self, runner: _Runner) -> None:
        future, runner.future = runner.future, None
        if future is None or future.cancelled():
            return
        chunk = future.result()
        made = max(chunk.run.update - runner.run.update, 1)
        runner.pace, runner.run = max(chunk.seconds / made, 1e-5), chunk.run.without_past()
        self._seconds += chunk.seconds
        run = runner.run
        if run.solved_at is None and run.update < self.updates and not run.stopped:
            return
        result = Result(runner.seed, run.solved_at, run.update, run.evaluations[-1].metric)
        self.results.setdefault((runner.entrant, runner.lag), []).append(result)
        self._on.remove(runner)
        self._ended += 1
