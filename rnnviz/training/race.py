"""A fair race: cells of matched size on longer and longer lags, several seeds each.

A cell begins a lag when all its runs of shorter ones have ended, and only if one of each was
solved: what is run does not depend on how fast anything is.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import astuple, dataclass
from operator import attrgetter
from typing import Any

from rnnviz.training import chunks, costs
from rnnviz.training.entrants import FORGET_BIAS, Entrant, has_forget_bias
from rnnviz.training.knobs import Knobs
from rnnviz.training.runs import Run, start
from rnnviz.writing import csv_of

AT_ONCE = 4
COLUMNS = ("cell", "units", "parameters", "lag", "seed", "solved_at", "updates", "metric")


@dataclass(frozen=True)
class Result:
    """How one run ended. solved_at: None where it was not solved. updates: those after which that
    was known. metric: of the held-out sequences, the last one up to there."""

    seed: int
    solved_at: int | None
    updates: int
    metric: float


def _result(seed: int, run: Run) -> Result:
    """How a run ended that was solved, or came to its end. It may have been taken on beyond the
    evaluation that settled it: that one counts."""
    solved_at = run.solved_at
    if solved_at is None:
        return Result(seed, None, run.update, run.evaluations[-1].metric)
    settled = next(one for one in run.evaluations if one.update > solved_at)
    return Result(seed, solved_at, settled.update, settled.metric)


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
        self._waiting = [
            (entrant, lag, seed)
            for lag in self.lags
            for seed in range(seeds)
            for entrant in self.entrants
        ]
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
        while len(self._on) < AT_ONCE and (which := self._next()):
            self._on.append(_Runner(*which, start(**self._chosen(*which))))
        for runner in self._on:
            if runner.future is None:
                updates = chunks.fitting(executor, runner.pace)
                left = self.updates - runner.run.update
                runner.future = chunks.ask(executor, runner.run, min(updates, left))

    def cancel(self) -> None:
        """Stop at once; what has ended stays."""
        self.was_cancelled = not self.is_over
        self._leave()

    @property
    def winners(self) -> tuple[Entrant, ...]:
        """Those with the longest lag solved on more than half of the seeds; none where nobody
        solved any."""
        longest = {one: self.longest(one) for one in self.entrants}
        best = max((lag for lag in longest.values() if lag), default=None)
        return tuple(one for one, lag in longest.items() if best and lag == best)

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
        lines: list[Sequence[object]] = [COLUMNS]
        for entrant in self.entrants:
            for lag in self.lags:
                for result in sorted(self.results.get((entrant, lag), []), key=attrgetter("seed")):
                    who = (entrant.cell.title, entrant.hidden, entrant.parameters)
                    lines.append([*who, lag, *astuple(result)])
        return csv_of(lines)

    def _chosen(self, entrant: Entrant, lag: int, seed: int) -> dict[str, Any]:
        """The knobs of a run."""
        own = {"forget_bias": FORGET_BIAS} if has_forget_bias(entrant.cell) else {}
        sizes = {"cell": entrant.cell, "hidden": entrant.hidden, "length": lag, "seed": seed}
        return {**self.shared, **own, **sizes}

    def _cost_of(self, runner: _Runner, updates: int) -> float:
        return self._costs[runner.entrant, runner.lag] * updates / self.updates

    def _next(self) -> tuple[Entrant, int, int] | None:
        """Take the first run from the line that may begin; who gave up leaves it."""
        self._waiting = [one for one in self._waiting if not self._gave_up(one[0], one[1])]
        found = next((one for one in self._waiting if self._may_begin(one[0], one[1])), None)
        if found:
            self._waiting.remove(found)
        return found

    def _may_begin(self, entrant: Entrant, lag: int) -> bool:
        """Whether all runs of shorter lags have ended."""
        shorter = (one for one in self.lags if one < lag)
        return all(len(self.results.get((entrant, one), [])) == self.seeds for one in shorter)

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
        result = _result(runner.seed, run)
        self.results.setdefault((runner.entrant, runner.lag), []).append(result)
        self._on.remove(runner)

    def _leave(self) -> None:
        self._waiting.clear()
        for runner in self._on:
            if runner.future:
                runner.future.cancel()
        self._on.clear()
