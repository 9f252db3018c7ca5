"""Sequences with their answers: what a task draws, and what is learnt from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from rnnviz.network.arrays import set_frozen
from rnnviz.network.lengths import Lengths, checked_lengths, without_padding
from rnnviz.summary import summary

Array = np.ndarray
Rng = np.random.Generator


@dataclass(frozen=True, eq=False)
class Batch:
    """Sequences with their answers, float64, time first.

    x: (time, batch, inputs).
    targets: (time, batch, outputs), one-hot or values; zero where nothing is asked.
    mask: (time, batch), the weight of each step in the loss.
    scored: (time, batch), its weight in the metric.
    lengths: (batch,), the steps of each sequence; what follows its end is padding, which no network
        reads. Targets, mask and scored are 0 there, whatever is given. None: all are as long as x.
        Where padding stands in front, as Keras puts it, turn each sequence's own steps to the
        front: a mask makes the same of both.

    Raises:
        ValueError: `lengths` that do not fit x.
    """

    x: Array
    targets: Array
    mask: Array
    scored: Array
    lengths: Lengths | None = None

    __repr__ = summary

    def __post_init__(self) -> None:
        if self.lengths is not None:
            lengths = checked_lengths(self.lengths, *self.x.shape[:2])
            set_frozen(self, "lengths", lengths)
            for name in ("targets", "mask", "scored"):
                set_frozen(self, name, without_padding(getattr(self, name), lengths))

    def items(self, chosen: Sequence[int]) -> "Batch":
        """These sequences of it alone."""
        lengths = None if self.lengths is None else self.lengths[list(chosen)]
        return replace(self._each(lambda array: array[:, list(chosen)]), lengths=lengths)

    def steps(self, part: slice) -> "Batch":
        """A part of its time, with no word of what is padding there."""
        return self._each(lambda array: array[part])

    def _each(self, of: Callable[[Array], Array]) -> "Batch":
        return Batch(of(self.x), of(self.targets), of(self.mask), of(self.scored))


Generator = Callable[[Rng, int, int], Batch]
"""From a length and a number of sequences to a batch."""


def answer_last(x: Array, answers: Array, lengths: Lengths | None = None) -> Batch:
    """Sequences x (time, batch, inputs) that are each asked once, answers (batch, outputs): at its
    own last step, where they have lengths."""
    last = (-1 if lengths is None else lengths - 1, np.arange(x.shape[1]))
    targets, mask = np.zeros((*x.shape[:2], answers.shape[-1])), np.zeros(x.shape[:2])
    targets[last], mask[last] = answers, 1.0
    return Batch(x, targets, mask, mask, lengths)


def answer_always(x: Array, answers: Array) -> Batch:
    mask = np.ones(x.shape[:2])
    return Batch(x, answers, mask, mask)


def one_hot(codes: Array, size: int) -> Array:
    """Classes (…) → (…, size)."""
    hot: Array = np.eye(size)[codes]
    return hot
