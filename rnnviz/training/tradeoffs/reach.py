"""How far back a network remembers: how many of the last steps decide what it answers."""

from collections.abc import Callable

import numpy as np

from rnnviz.network.lengths import Lengths
from rnnviz.network.softmax import softmax
from rnnviz.tasks import Batch
from rnnviz.tasks.batch import Array
from rnnviz.tasks.task import Kind

Answer = Callable[[Array, Lengths | None], Array]
"""What is read, (time, batch, inputs), and lengths → (time, batch, outputs): scores or values."""
SEQUENCES = 64
"""On so many it is measured."""
LEFT = 0.1
"""Of the change that swapping everything makes, what the steps that decide leave to all before."""


def reach(answer: Answer, batch: Batch, other: Batch, kind: Kind) -> int:
    """The fewest last steps that decide nine tenths of the answer after a sequence: where all
    before them are swapped for those of another sequence, it changes by a tenth, at most, of what
    it does where all are. 0 where nothing that is read changes it.

    other: as many sequences, from which the others come. The change is the mean of half the
    absolute differences of the probabilities, or of the absolute differences of the values.
    """
    ends = _ends(batch), np.arange(batch.x.shape[1])

    def answers(kept: int) -> Array:
        scores = answer(swapped(batch, other, kept), batch.lengths)[ends].astype(float)
        return softmax(scores) if kind == "classification" else scores

    steps = len(batch.x)
    own = answers(steps)
    allowed = LEFT * np.abs(answers(0) - own).mean()
    return next(
        kept
        for kept in range(steps + 1)
        if kept == steps or np.abs(answers(kept) - own).mean() <= allowed
    )


def swapped(batch: Batch, other: Batch, kept: int) -> Array:
    """What is read, (time, batch, inputs): each sequence's last `kept` steps, and before them
    those of another, from its beginning on, again and again where it is the shorter."""
    steps, many, _inputs = batch.x.shape
    at = np.arange(steps)[:, None]
    own, theirs = (np.full(many, steps) if b.lengths is None else b.lengths for b in (batch, other))
    before = other.x[at % theirs, np.arange(many)]
    return np.where((at < own - kept)[:, :, None], before, batch.x)


def _ends(batch: Batch) -> Array:
    """(batch,): the last step at which each sequence is asked."""
    found: Array = len(batch.mask) - 1 - (batch.mask[::-1] > 0).argmax(axis=0)
    return found
