"""A fair race: cells of matched size on longer and longer lags, several seeds each.

A cell begins a lag when all its runs of shorter ones have ended, and only if one of each was
solved: what is run does not depend on how fast anything is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from operator import attrgetter
from typing import Any

from rnnviz.training.comparison import costs
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.race.entrants import FORGET_BIAS, Entrant, has_forget_bias
from rnnviz.training.runs.runs import Run, start
from rnnviz.training.trials.many_runs import ManyRuns, OnItsWay
from rnnviz.writing import csv_of

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


Which = tuple[Entrant, int, int]
"""Whose run it is, its lag and its seed."""


class Race(ManyRuns[Which]):
    """Runs of all entrants over lags and seeds, as long as `proceed` takes them on.

    shared: the knobs all have. `results[entrant, lag]` fills as runs end.

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
        self._costs = {
            (entrant, lag): costs.seconds(Knobs(**self._chosen(entrant, lag, 0)))
            for lag in self.lags
            for entrant in self.entrants
        }
        super().__init__([
            (entrant, lag, seed)
            for lag in self.lags
            for seed in range(seeds)
            for entrant in self.entrants
        ])  # fmt: skip

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

    def _begin(self, key: Which) -> OnItsWay[Which]:
        entrant, lag, _ = key
        cost = self._costs[entrant, lag] / self.updates
        return OnItsWay(key, start(**self._chosen(*key)), self.updates, cost)

    def _cost(self, key: Which) -> float:
        entrant, lag, _ = key
        return 0.0 if self._gave_up(entrant, lag) else self._costs[entrant, lag]

    def _next(self) -> Which | None:
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

    def _is_at_end(self, one: OnItsWay[Which]) -> bool:
        return one.run.solved_at is not None or one.has_ended

    def _end(self, one: OnItsWay[Which]) -> None:
        entrant, lag, seed = one.key
        self.results.setdefault((entrant, lag), []).append(_result(seed, one.run))
