"""A fair race: cells of matched size on longer and longer lags, several seeds each.

A cell that solved a lag on no seed is not asked for longer ones.
"""

import csv
import io
from collections import deque
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import astuple, dataclass
from operator import attrgetter
from typing import Any, Literal

from rnnviz import tasks
from rnnviz.cells import NamedCell
from rnnviz.network import layers
from rnnviz.training import chunks, costs
from rnnviz.training.knobs import Knobs
from rnnviz.training.runs import Run, start

Matched = Literal["units", "parameters"]
AT_ONCE = 4
MOST_UNITS = 256
FORGET_BIAS = 1.0
COLUMNS = ("cell", "units", "parameters", "lag", "seed", "solved_at", "updates", "metric")


@dataclass(frozen=True)
class Entrant:
    """A cell in the race: its units, and how many numbers that makes to learn."""

    cell: NamedCell
    hidden: int
    parameters: int


@dataclass(frozen=True)
class Result:
    """How one run ended. solved_at: None where it was not solved. metric: the last one."""

    seed: int
    solved_at: int | None
    updates: int
    metric: float


def has_forget_bias(cell: NamedCell) -> bool:
    """Whether a cell starts with forget bias 1: those do that keep and write by gates of their
    own, as an LSTM does."""
    return cell.memory is not None and cell.memory.write is not None


def entrants(
    cells: Sequence[NamedCell], task: str, hidden: int, matched: Matched
) -> tuple[Entrant, ...]:
    """The cells at equal units, or each with the units that come nearest the first's parameters."""
    about = tasks.find(task)

    def count(cell: NamedCell, units: int) -> int:
        inputs, outputs = about.inputs, about.outputs
        return layers.count(cell.cell, inputs=inputs, hidden=units, outputs=outputs)

    goal = count(cells[0], hidden)
    found = []
    for cell in cells:
        units = hidden
        if matched == "parameters":
            units = min(range(1, MOST_UNITS + 1), key=lambda n: abs(count(cell, n) - goal))
        found.append(Entrant(cell, units, count(cell, units)))
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
    """Runs of all entrants over lags and seeds, as long as `proceed` takes them on.

    shared: the knobs all have. `results[entrant, lag]` fills as runs end. was_cancelled: left
    before its end. error: what ended it before that.

    ValueError where a run cannot be.
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
        self.was_cancelled = False
        self.error: BaseException | None = None
        self._costs = {
            (entrant, lag): costs.seconds(Knobs(**self._chosen(entrant, lag, 0)))
            for lag in self.lags
            for entrant in self.entrants
        }
        self._waiting = deque(
            (entrant, lag, seed)
            for lag in self.lags
            for seed in range(seeds)
            for entrant in self.entrants
        )
        self._on: list[_Runner] = []
        self._total = len(self._waiting)
        self._took, self._expected = 0.0, 0.0

    @property
    def is_over(self) -> bool:
        return not self._waiting and not self._on

    @property
    def done(self) -> float:
        """The share of all runs that have ended, or will not be made."""
        return 1.0 - (len(self._waiting) + len(self._on)) / max(self._total, 1)

    @property
    def seconds_left(self) -> float:
        """Processor seconds still needed if no other run is solved: what they are expected to cost
        (see `costs`), corrected by what all updates so far did cost."""
        pace = self._took / self._expected if self._expected else 1.0
        waiting = sum(
            self._costs[entrant, lag]
            for entrant, lag, _ in self._waiting
            if not self._gave_up(entrant, lag)
        )
        on = sum(self._cost_of(one, self.updates - one.run.update) for one in self._on)
        return pace * (waiting + on)

    def proceed(self, executor: Executor) -> None:
        """Collect what is done, and keep a few runs going, each for a turn at a time."""
        for runner in [*self._on]:
            if not self.error and runner.future and runner.future.done():
                self._collect(runner)
        while len(self._on) < AT_ONCE and self._waiting:
            self._enter(*self._waiting.popleft())
        for runner in self._on:
            if runner.future is None:
                updates = chunks.fitting(executor, runner.pace)
                left = self.updates - runner.run.update
                runner.future = chunks.ask(executor, runner.run, min(updates, left))

    def cancel(self) -> None:
        """Stop at once; what has ended stays."""
        self.was_cancelled = not self.is_over
        self._leave()

    def longest(self, entrant: Entrant) -> int | None:
        """The longest lag solved on more than half of the seeds."""
        solved = [
            lag
            for lag in self.lags
            if sum(r.solved_at is not None for r in self.results.get((entrant, lag), []))
            > self.seeds / 2
        ]
        return max(solved, default=None)

    def to_csv(self) -> str:
        """One line for each run that has ended; solved_at is empty where it was not solved."""
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        for entrant in self.entrants:
            for lag in self.lags:
                for result in sorted(self.results.get((entrant, lag), []), key=attrgetter("seed")):
                    who = (entrant.cell.title, entrant.hidden, entrant.parameters)
                    lines.writerow([*who, lag, *astuple(result)])
        return text.getvalue()

    def _chosen(self, entrant: Entrant, lag: int, seed: int) -> dict[str, Any]:
        """The knobs of a run."""
        own = {"forget_bias": FORGET_BIAS} if has_forget_bias(entrant.cell) else {}
        sizes = {"cell": entrant.cell, "hidden": entrant.hidden, "length": lag, "seed": seed}
        return {**self.shared, **own, **sizes}

    def _cost_of(self, runner: _Runner, updates: int) -> float:
        return self._costs[runner.entrant, runner.lag] * updates / self.updates

    def _enter(self, entrant: Entrant, lag: int, seed: int) -> None:
        if not self._gave_up(entrant, lag):
            run = start(**self._chosen(entrant, lag, seed))
            self._on.append(_Runner(entrant, lag, seed, run))

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
        self.error = future.exception()
        if self.error:
            self._leave()
            return
        chunk = future.result()
        made = max(chunk.run.update - runner.run.update, 1)
        runner.pace, runner.run = max(chunk.seconds / made, 1e-5), chunk.run.without_past()
        self._took += chunk.seconds
        self._expected += self._cost_of(runner, made)
        self._settle(runner)

    def _settle(self, runner: _Runner) -> None:
        """Note how a run ended, if it has."""
        run = runner.run
        if run.solved_at is None and run.update < self.updates and not run.stopped:
            return
        result = Result(runner.seed, run.solved_at, run.update, run.evaluations[-1].metric)
        self.results.setdefault((runner.entrant, runner.lag), []).append(result)
        self._on.remove(runner)

    def _leave(self) -> None:
        self._waiting.clear()
        for runner in self._on:
            if runner.future:
                runner.future.cancel()
        self._on.clear()
