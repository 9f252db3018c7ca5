"""Trials, each taken to its end on an executor."""

from collections.abc import Mapping, Sequence
from typing import Any

from rnnviz.training.comparison import costs
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.runs.runs import start
from rnnviz.training.trials.many_runs import ManyRuns, OnItsWay
from rnnviz.training.trials.trial import Result, Trial


class Trials(ManyRuns[int]):
    """Trials to their ends, as long as `proceed` takes them on:

        found = Trials(trials_of(choices, seeds=range(3), task="recall"))
        while not found.is_over:
            found.proceed(executor)
            found.wait(0.1)

    `results` has the same digits in the same order, whatever executor does them.
    """

    def __init__(self, trials: Sequence[Trial]) -> None:
        self.trials = tuple(trials)
        self._results: dict[int, Result] = {}
        super().__init__(range(len(self.trials)))

    @property
    def results(self) -> list[Result]:
        """Of the trials that have ended, in the order of `trials`."""
        return [self._results[place] for place in sorted(self._results)]

    @property
    def unfinished(self) -> list[Result]:
        """Of those that were cut off, as far as they came; none of what had made no update."""
        return [self._result(one) for one in self.cut_off if one.run.update]

    def drop_weights(self, choice: Mapping[str, Any]) -> None:
        """Keep no network of a choice's trials: hundreds would fill the memory."""
        for place, one in self._results.items():
            if one.trial.choice is choice:
                self._results[place] = one.without_weights()

    def _begin(self, key: int) -> OnItsWay[int]:
        trial = self.trials[key]
        cost = costs.seconds(trial.knobs) / trial.knobs.updates
        if trial.begun:
            return OnItsWay(key, trial.begun.run, trial.goal, cost, seconds=trial.begun.seconds)
        run = start(**{name: getattr(trial.knobs, name) for name in KNOBS})
        return OnItsWay(key, run, trial.goal, cost)

    def _cost(self, key: int) -> float:
        trial = self.trials[key]
        left = trial.goal - (trial.begun.run.update if trial.begun else 0)
        return costs.seconds(trial.knobs) / trial.knobs.updates * left

    def _end(self, one: OnItsWay[int]) -> None:
        self._results[one.key] = self._result(one)

    def _result(self, one: OnItsWay[int]) -> Result:
        return Result(self.trials[one.key], one.run, one.seconds)
