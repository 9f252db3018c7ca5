"""A choice that was tried: the scores of its runs, their mean and their spread."""

import math
import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rnnviz.cells import NamedCell
from rnnviz.training.knobs.kinds import with_values
from rnnviz.training.knobs.naming import words
from rnnviz.training.trials.space import Choice
from rnnviz.training.trials.trial import Result
from rnnviz.writing import csv_of

COLUMNS = (
    "seed", "fold", "updates", "evaluated_at", "loss", "metric", "parameters", "seconds", "ended",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Tried:
    """A choice and how its runs ended, in the order of seeds and folds.

    wanted: how many runs it was to have. The score is the task's metric on held-out sequences at
    the end of the runs; it is NaN where a run stopped at a number that was not finite.
    """

    choice: Choice
    results: tuple[Result, ...]
    wanted: int

    @property
    def is_whole(self) -> bool:
        """Whether all its runs have ended."""
        return len(self.results) == self.wanted

    @property
    def scores(self) -> list[float]:
        return [result.metric for result in self.results]

    @property
    def mean(self) -> float:
        """Of the scores; NaN where there is none."""
        return statistics.fmean(self.scores) if self.results else math.nan

    @property
    def loss(self) -> float:
        """The mean of the held-out losses."""
        return statistics.fmean([r.loss for r in self.results]) if self.results else math.nan

    @property
    def spread(self) -> float:
        """The standard deviation of the scores; NaN of a single one."""
        if len(self.results) < 2 or not all(map(math.isfinite, self.scores)):
            return math.nan
        return statistics.stdev(self.scores)

    @property
    def updates(self) -> int:
        """How far its runs were taken."""
        return min((result.trial.goal for result in self.results), default=0)

    @property
    def parameters(self) -> int:
        return self.results[0].parameters if self.results else 0

    @property
    def seconds(self) -> float:
        """How long its runs took, all together."""
        return sum(result.seconds for result in self.results)

    @property
    def badness(self) -> float:
        """The mean score, of which less is better: an accuracy with its sign turned; ∞ for NaN."""
        mean = self.mean
        if self.results and self.results[0].trial.knobs.about_task.kind == "classification":
            mean = -mean
        return math.inf if math.isnan(mean) else mean

    @property
    def rank(self) -> tuple[float, ...]:
        """Smaller is better: among those that went equally far, the better mean; where that is the
        same the smaller loss, then fewer parameters. One that is not finite comes last."""
        loss = math.inf if math.isnan(self.loss) else self.loss
        return (not self.is_whole, -self.updates, self.badness, loss, self.parameters)

    def without_weights(self) -> "Tried":
        """The same, with no network kept."""
        return replace(self, results=tuple(one.without_weights() for one in self.results))

    @property
    def title(self) -> str:
        """What was chosen, in words and in the visitor's language."""
        return ", ".join(words(name, value) for name, value in with_values(self.choice).items())

    def __str__(self) -> str:
        """“hidden size 8: 0.9688 ± 0.021”, the mean score and its spread."""
        spread = "" if math.isnan(self.spread) else f" ± {self.spread:.2g}"
        return f"{self.title}: {self.mean:.4g}{spread}"


def table_of(names: Sequence[str], rows: Iterable[tuple[Result, str]]) -> str:
    """A CSV with a line for each run: what was chosen, how it ended and its scores.

    names: of the knobs that were varied. rows: each with a word on how it ended.
    """
    lines: list[list[Any]] = [[*names, *COLUMNS]]
    for one, ended in rows:
        choice, (at, loss, metric) = with_values(one.trial.choice), one.evaluation
        lines.append([
            *(_written(choice[name]) for name in names), one.seed, one.fold + 1, one.run.update, at,
            loss, metric, one.parameters, f"{one.seconds:.3f}", ended,
        ])  # fmt: skip
    return csv_of(lines)


def _written(value: Any) -> Any:
    return value.title if isinstance(value, NamedCell) else "none" if value is None else value
