"""What L is: a number computed from what a network gives, and its gradient where it leaves it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

import numpy as np
import numpy.typing as npt

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import Lengths
from rnnviz.network.softmax import log_softmax
from rnnviz.summary import summary

LossKind = Literal["sum", "squared error", "cross entropy"]


class Entries(NamedTuple):
    """Places in a batch, one beside the other, in the order of time."""

    steps: npt.NDArray[np.intp]
    items: npt.NDArray[np.intp]


class Judged(NamedTuple):
    """L, and dL/dy of what was judged: `of` says whether y is the output or the prediction."""

    value: float
    gradient: Array
    of: Literal["output", "prediction"]


@dataclass(frozen=True, eq=False)
class Loss:
    """A loss over chosen time steps.

    kind:
        "sum": L = the sum of the last layer's output over steps, items of the batch and units.
        "squared error": L = the mean over steps, items and outputs of (y − target)².
        "cross entropy": L = the mean over steps and items of −Σ target · log softmax(y), in nats.
        y is the prediction, or the output of a network without a readout.
    steps: which time steps count, from 0; negative ones count from the end, where lengths differ
        from each sequence's own. None: all.
    targets: (time, [batch,] outputs), for all time steps; for cross entropy one-hot,
        probabilities, or any weights; zeros where nothing is asked. None for "sum".

    Raises:
        ValueError: an unknown kind, or targets where there should be none, or none where needed.
    """

    kind: LossKind = "sum"
    steps: Iterable[int] | None = None
    targets: Array | None = None

    __repr__ = summary

    def __post_init__(self) -> None:
        if self.kind not in get_args(LossKind):
            raise ValueError(f"a loss is one of {', '.join(get_args(LossKind))}, not {self.kind!r}")
        if (self.kind == "sum") != (self.targets is None):
            wanted = "has no targets" if self.kind == "sum" else "needs targets"
            raise ValueError(f"the loss {self.kind!r} {wanted}")
        if self.steps is not None:
            object.__setattr__(self, "steps", tuple(self.steps))

    def judge(
        self, output: Array, prediction: Array | None, lengths: Lengths | None = None
    ) -> Judged:
        """Compute L, in float64, and its gradient.

        Args:
            output: (time, batch, features), what the last layer gives.
            prediction: (time, batch, outputs), what the readout gives; None without one.
            lengths: (batch,), how long each sequence is: the steps after its end count nowhere, and
                negative steps count from its own end. None: all are as long as the batch.

        Raises:
            ValueError: a step is outside the sequence, or the targets' shape is not that of y.
        """
        of_output = self.kind == "sum" or prediction is None
        y = output if of_output or prediction is None else prediction
        at = chosen_steps(self.steps, len(y)) if lengths is None else self._entries(lengths)
        gradient = np.zeros_like(y)
        if self.kind == "sum":
            value, gradient[at] = y[at].sum(dtype=float), 1.0
        else:
            target = self._targets_like(y)[at]
            value, gradient[at] = _RULES[self.kind](y[at].astype(float), target)
        return Judged(float(value), gradient, "output" if of_output else "prediction")

    def asked(self, time: int, lengths: Lengths | None = None) -> list[int]:
        """The time steps at which L is asked of some sequence, in order. ValueError as `judge`."""
        if lengths is None:
            return chosen_steps(self.steps, time)
        return sorted(set(self._entries(lengths).steps.tolist()))

    def _entries(self, lengths: Lengths) -> Entries:
        """Where L is asked in a batch of these lengths; a step that a sequence has not is left out.

        ValueError where no sequence has one of the steps.
        """
        longest = int(lengths.max())
        steps = tuple(range(longest) if self.steps is None else self.steps)
        chosen_steps(steps, longest)
        asked = np.zeros((longest, len(lengths)), np.bool_)
        for step in steps:
            at = np.full_like(lengths, step) if step >= 0 else lengths + step
            there = np.flatnonzero((at >= 0) & (at < lengths))
            asked[at[there], there] = True
        return Entries(*np.nonzero(asked))

    def _targets_like(self, y: Array) -> Array:
        targets = np.asarray(self.targets, float)
        if targets.ndim == 2 and y.shape[1] == 1:
            targets = targets[:, None, :]
        if targets.shape != y.shape:
            raise ValueError(
                f"the targets have shape {np.asarray(self.targets).shape}, "
                f"what is judged has {y.shape} (time, batch, outputs)"
            )
        return targets


def listed(steps: Iterable[int] | int) -> list[int]:
    """Steps as they are given, be it one or several."""
    return [steps] if isinstance(steps, int | np.integer) else list(steps)


def chosen_steps(steps: Iterable[int] | int | None, length: int) -> list[int]:
    """Steps as indices from 0, each once, in order; None is all. ValueError for what is no step."""
    if steps is None:
        return list(range(length))
    chosen = set()
    for step in listed(steps):
        if isinstance(step, bool) or not isinstance(step, int | np.integer):
            raise ValueError(f"a step is a whole number, not {step!r}")
        if not -length <= step < length:
            raise ValueError(f"there is no step {step}: the sequence has steps 0 to {length - 1}")
        chosen.add(int(step) % length)
    if not chosen:
        raise ValueError("no step is chosen: give at least one")
    return sorted(chosen)


def _squared_error(y: Array, target: Array) -> tuple[float, Array]:
    error = y - target
    return float(np.mean(error**2)), 2.0 * error / error.size


def _cross_entropy(y: Array, target: Array) -> tuple[float, Array]:
    logarithms = log_softmax(y)
    judged = y.size / y.shape[-1]
    wanted = target.sum(axis=-1, keepdims=True)
    gradient = (wanted * np.exp(logarithms) - target) / judged
    return float(-(target * logarithms).sum() / judged), gradient


_RULES = {"squared error": _squared_error, "cross entropy": _cross_entropy}
