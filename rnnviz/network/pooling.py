"""Pooling: at every step one vector for all that stood below it so far, for the readout to read.

Each pool is cumulative: at step t it is over the steps up to t, so that there is a prediction after
each of them, and a sequence's own last step has the whole. Above a layer that reads in both
directions the steps up to t are those of the sequence: what its reverse direction hands up there
has read the rest of it already.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Literal

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths, without_padding
from rnnviz.network.stage import Pass
from rnnviz.network.unlearnt import Unlearnt, UnlearntGradients

Pooling = Literal["last", "mean", "maximum", "attention"]
"""What a readout reads: each step's own state, or a pool of those so far."""


@dataclass(frozen=True, eq=False)
class Mean(Unlearnt):
    """The mean of what it has read so far."""

    full_name: ClassVar[str] = "mean"

    def forward(self, x: Array, name: str, how: Pass) -> "MeanRun":
        means = np.cumsum(x, axis=0) / _counts(x)
        return MeanRun(without_padding(means, how.lengths))


@dataclass(frozen=True, eq=False)
class MeanRun:
    output: Array

    def backward(self, doutput: Array) -> "UnlearntGradients":
        return UnlearntGradients(_from_here_on(doutput / _counts(doutput)))


@dataclass(frozen=True, eq=False)
class Maximum(Unlearnt):
    """Of each number the largest so far; among equal ones the first is the one that counts."""

    full_name: ClassVar[str] = "maximum"

    def forward(self, x: Array, name: str, how: Pass) -> "MaximumRun":
        return MaximumRun(x, np.maximum.accumulate(x), how.lengths)


@dataclass(frozen=True, eq=False)
class MaximumRun:
    """What was read, and the largest of it so far, each (time, batch, size)."""

    x: Array
    largest: Array
    lengths: Lengths | None = None

    @cached_property
    def output(self) -> Array:
        return without_padding(self.largest, self.lengths)

    @cached_property
    def chosen(self) -> npt.NDArray[np.intp]:
        """(time, batch, size): the step whose number is the largest so far."""
        steps = np.zeros(self.x.shape, np.intp)
        steps[1:] = np.arange(1, len(steps))[:, None, None]
        steps[1:][self.x[1:] <= self.largest[:-1]] = 0
        found: npt.NDArray[np.intp] = np.maximum.accumulate(steps)
        return found

    def backward(self, doutput: Array) -> "UnlearntGradients":
        """Each number's gradient goes to the step that it came from."""
        _, batch, size = doutput.shape
        entries = self.chosen * (batch * size) + np.arange(batch * size).reshape(batch, size)
        sums = np.bincount(entries.ravel(), doutput.ravel(), doutput.size)
        return UnlearntGradients(sums.reshape(doutput.shape).astype(doutput.dtype, copy=False))


def _counts(of: Array) -> Array:
    """How many steps there are up to each, to divide (time, batch, size) by."""
    return np.arange(1, len(of) + 1, dtype=of.dtype)[:, None, None]


def _from_here_on(array: Array) -> Array:
    """At each step the sum of its own and all later ones."""
    found: Array = np.cumsum(array[::-1], axis=0)[::-1]
    return found
