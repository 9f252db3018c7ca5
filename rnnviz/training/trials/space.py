"""What a search varies: knobs, the values that each may have, and the choices that come of them."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from rnnviz.settings.kinds import Whole
from rnnviz.texts import Sentence
from rnnviz.training.knobs.knobs import KNOBS
from rnnviz.training.runs.runs import refuse_unknown_knobs

Choice = Mapping[str, Any]
"""Knob → value, of those that are varied."""
BY_FACTORS = (
    "learning_rate", "hidden", "batch", "clip_norm", "clip_value", "weight_decay", "epsilon",
)  # fmt: skip
"""Knobs of which twice as much is one step, whatever it is: drawn uniformly in their logarithm."""
DRAWN_ANEW = 50
"""How often a choice is drawn again that was drawn before."""


@dataclass(frozen=True)
class Between:
    """Any number from low to high."""

    low: float
    high: float

    def check(self, name: str) -> None:
        """Raise a ValueError where a knob cannot be all of this."""
        for end in (self.low, self.high):
            KNOBS[name].check(end)
        if self.low >= self.high:
            raise ValueError(
                Sentence(
                    "{key} is to be drawn from {low} up to {high}: the second must be the larger",
                    key=name,
                    low=self.low,
                    high=self.high,
                )
            )

    def is_logarithmic(self, name: str) -> bool:
        """Whether this knob is drawn uniformly in its logarithm."""
        return name in BY_FACTORS and self.low > 0


@dataclass(frozen=True)
class Space:
    """Knobs and what each may be: options, of which each is tried, or all numbers between two.

    ValueError where a knob has nothing to choose from, or what it cannot be.
    """

    options: Mapping[str, Sequence[Any]]
    between: Mapping[str, Between] = field(default_factory=dict)

    def __post_init__(self) -> None:
        refuse_unknown_knobs([*self.options, *self.between])
        if not self.options and not self.between:
            raise ValueError(Sentence("choose at least one thing to vary"))
        for name, values in self.options.items():
            if not values:
                raise ValueError(Sentence("{key} has no value to try", key=name))
        for name, ends in self.between.items():
            ends.check(name)

    def grid(self) -> list[Choice]:
        """Every combination; the last knob changes first.

        ValueError where a knob may be any number between two.
        """
        if self.between:
            raise ValueError(
                Sentence(
                    "a grid tries each value that is listed: {key} is any number between two, "
                    "which can only be drawn",
                    key=next(iter(self.between)),
                )
            )
        rows = itertools.product(*self.options.values())
        return [dict(zip(self.options, row, strict=True)) for row in rows]

    def drawn(self, many: int, seed: int) -> list[Choice]:
        """So many choices drawn at random, each once; fewer where there are no more.

        What is between two numbers is drawn uniformly, or uniformly in its logarithm where it is a
        matter of factors (see `BY_FACTORS`).
        """
        rng, found = np.random.default_rng(seed), list[Choice]()
        for _ in range(many):
            new = (self._draw(rng) for _ in range(DRAWN_ANEW))
            one = next((choice for choice in new if choice not in found), None)
            if one is None:
                break
            found.append(one)
        return found

    def _draw(self, rng: np.random.Generator) -> Choice:
        of_options = {
            name: values[int(rng.integers(len(values)))] for name, values in self.options.items()
        }
        return of_options | {name: _drawn(rng, name, ends) for name, ends in self.between.items()}


def _drawn(rng: np.random.Generator, name: str, ends: Between) -> Any:
    is_whole = isinstance(KNOBS[name].kind, Whole)
    # Of whole numbers each has as much room as the next: half a step beyond both ends is theirs.
    low, high = (ends.low - 0.5, ends.high + 0.5) if is_whole else (ends.low, ends.high)
    if ends.is_logarithmic(name):
        value = float(np.exp(rng.uniform(np.log(low), np.log(high))))
    else:
        value = float(rng.uniform(low, high))
    return int(np.clip(round(value), ends.low, ends.high)) if is_whole else value
