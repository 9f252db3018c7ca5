"""Short sequences and long ones apart: how often an answer is right after few steps, and after
many."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnnviz.tasks import Batch
from rnnviz.tasks.batch import Array


class Halves(NamedTuple):
    """Accuracy of the answers after at most so many steps as the median, and of those after more;
    NaN where a run stopped at a number that was not finite."""

    shorter: float
    longer: float


def longest_of_the_shorter(parts: Sequence[Batch]) -> int | None:
    """The most steps before an answer of the shorter half; None where all have the same."""
    steps = np.concatenate([_steps(part) for part in parts])
    most = min(int(np.median(steps)), int(steps.max()) - 1)
    return most if (steps <= most).any() else None


def halves(parts: Sequence[Batch], answers: Sequence[Array], most: int) -> Halves:
    """What of these answers, each (time, batch, classes), is right after `most` steps at most, and
    after more."""
    steps = np.concatenate([_steps(part) for part in parts])
    right = np.concatenate(
        [
            (answer.argmax(-1) == part.targets.argmax(-1))[part.scored > 0]
            for part, answer in zip(parts, answers, strict=True)
        ]
    )
    few = steps <= most
    return Halves(float(right[few].mean()), float(right[~few].mean()))


def _steps(batch: Batch) -> Array:
    """(scored answers,): the steps that are read before each, its own among them."""
    steps, many, _inputs = batch.x.shape
    lengths = np.full(many, steps) if batch.lengths is None else batch.lengths
    read: Array = np.minimum(np.arange(1, steps + 1)[:, None], lengths)[batch.scored > 0]
    return read
