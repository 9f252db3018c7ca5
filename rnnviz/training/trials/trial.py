"""A run that is tried among others, and what came of it."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rnnviz.summary import NamedValues
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs.runs import Evaluation, Run, start


@dataclass(frozen=True, eq=False)
class Trial:
    """A run that is to be made. choice: what it has otherwise than the others (knob → value).
    fold: which part of the data its knobs' task holds out, from 0. until: updates; None takes all
    that are planned. begun: how a shorter one ended, from where it goes on; None: at its start."""

    knobs: Knobs
    choice: Mapping[str, Any] = field(default_factory=dict)
    fold: int = 0
    until: int | None = None
    begun: "Result | None" = None

    @property
    def goal(self) -> int:
        """The update at which it ends."""
        return self.knobs.updates if self.until is None else self.until


@dataclass(frozen=True, eq=False)
class Result:
    """How a trial ended. run: as it was then, without its history. seconds: that it took, with what
    it went on from."""

    trial: Trial
    run: Run
    seconds: float

    @property
    def seed(self) -> int:
        return self.trial.knobs.seed

    @property
    def fold(self) -> int:
        return self.trial.fold

    @property
    def evaluation(self) -> Evaluation:
        """The last on the held-out sequences: of a run that came to its end, at its end."""
        return self.run.evaluations[-1]

    @property
    def loss(self) -> float:
        """Of the last evaluation; NaN where the run stopped at a number that was not finite."""
        return math.nan if self.run.stopped else self.evaluation.loss

    @property
    def metric(self) -> float:
        """Of the last evaluation; NaN where the run stopped at a number that was not finite."""
        return math.nan if self.run.stopped else self.evaluation.metric

    @property
    def parameters(self) -> int:
        return self.trial.knobs.parameters

    def without_weights(self) -> "Result":
        """The same, but nothing can go on from it: a search keeps hundreds."""
        bare = NamedValues[Any]({})
        return replace(self, run=replace(self.run, parameters=bare, optimizer_state=bare))


def trials_of(
    choices: Sequence[Mapping[str, Any]],
    *,
    seeds: Sequence[int],
    parts: Sequence[Any] = (),
    **shared: Any,
) -> list[Trial]:
    """Each choice with each seed on each part of the data, in this order.

    Args:
        choices: what each has otherwise than the others, knob → value.
        parts: the tasks of the folds; none where the task is not cut up.
        shared: the knobs that all have.

    Raises:
        ValueError: a choice that cannot be.
    """
    made = [start(**{**shared, **choice}).knobs for choice in choices]  # refuses what cannot be
    return [
        Trial(replace(knobs, task=part, seed=seed), choice, fold)
        for knobs, choice in zip(made, choices, strict=True)
        for seed in seeds
        for fold, part in enumerate(parts or [knobs.task])
    ]
