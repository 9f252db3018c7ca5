"""Choices that Optuna's sampler suggests. The one place where it is loaded: it is an extra."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rnnviz.settings.kinds import Whole
from rnnviz.texts import Sentence
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.trials.space import DRAWN_ANEW, Choice, Space

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution
    from optuna.trial import Trial


class Suggestions:
    """Asked for choices, told how bad each was, it suggests others where the better ones were.

    ValueError where Optuna is not installed.
    """

    def __init__(self, space: Space, seed: int) -> None:
        try:
            import optuna
        except ImportError:
            raise ValueError(
                Sentence(
                    "to be guided by the scores a search needs Optuna, which is not installed "
                    "here: {command}",
                    command="pip install 'rnnviz[search]'",
                )
            ) from None
        before = optuna.logging.get_verbosity()
        optuna.logging.set_verbosity(optuna.logging.WARNING)  # it would print that it was made
        self._study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=seed))
        optuna.logging.set_verbosity(before)
        self._space = space
        self._distributions = _distributions(space)
        self._given_up = optuna.trial.TrialState.FAIL
        self._asked: list[Trial] = []
        self._known: list[dict[str, Any]] = []

    def ask(self, many: int) -> list[Choice]:
        """So many choices, none of which was suggested before; fewer where there are no more."""
        self._asked = []
        for _ in range(many * DRAWN_ANEW):
            trial = self._study.ask(self._distributions)
            if trial.params in self._known:
                self._study.tell(trial, state=self._given_up)
            else:
                self._asked.append(trial)
                self._known.append(trial.params)
            if len(self._asked) == many:
                break
        return [self._choice(trial.params) for trial in self._asked]

    def tell(self, badness: Sequence[float]) -> None:
        """How bad each of those was, in their order."""
        for trial, bad in zip(self._asked, badness, strict=True):
            self._study.tell(trial, bad)

    def _choice(self, suggested: dict[str, Any]) -> Choice:
        options = self._space.options
        return {n: options[n][at] if n in options else at for n, at in suggested.items()}


def _distributions(space: Space) -> "dict[str, BaseDistribution]":
    """Options by their places: Optuna takes no cells. What is between two numbers as it is drawn
    (see `Space.drawn`)."""
    from optuna.distributions import CategoricalDistribution, FloatDistribution, IntDistribution

    found: dict[str, BaseDistribution] = {
        name: CategoricalDistribution(range(len(values))) for name, values in space.options.items()
    }
    for name, ends in space.between.items():
        by_factors = ends.is_logarithmic(name)
        if isinstance(KNOBS[name].kind, Whole):
            found[name] = IntDistribution(int(ends.low), int(ends.high), log=by_factors)
        else:
            found[name] = FloatDistribution(ends.low, ends.high, log=by_factors)
    return found
