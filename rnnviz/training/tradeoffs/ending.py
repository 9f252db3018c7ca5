"""What a run has come to where its data are a set to learn from and another to be judged on: what
it has learnt by heart, how far back it remembers, and how it does on the short and the long."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnnviz.network.lengths import Lengths
from rnnviz.tasks import Batch, Task
from rnnviz.tasks.batch import Array
from rnnviz.training.runs import drawn
from rnnviz.training.runs.runs import Run, assembled
from rnnviz.training.tradeoffs.halves import Halves, halves, longest_of_the_shorter
from rnnviz.training.tradeoffs.reach import SEQUENCES, reach


class Ending(NamedTuple):
    """With dropout off; NaN where the run stopped at a number that was not finite.

    gap: mean loss on held-out sequences less that on as many learnt from. reach: how many of the
    last steps decide an answer; None for other data than a visitor's own. halves: None where all
    answers come after as many steps, and where they are values.
    """

    gap: float
    reach: float | None = None
    halves: Halves | None = None


def can_learn_by_heart(task: Task) -> bool:
    """Whether the sequences learnt from come again, and those judged on are others. Where each
    update draws new ones there is nothing to learn by heart."""
    return task.draw_held_out is not None


def is_own(task: Task) -> bool:
    """Whether it is made of a visitor's data. They are as long as they are: there, that a length is
    solved says little of how far back a network remembers."""
    return task.is_held_out_fixed


def shorter_half(task: Task, length: int, seed: int) -> int | None:
    """The most steps before an answer of the shorter half of a visitor's sequences; None where
    there are no halves."""
    if not is_own(task) or task.kind != "classification":
        return None
    return longest_of_the_shorter(drawn.held_out(task, length, seed))


def ending(run: Run) -> Ending:
    """A run that has come to its end, judged as it is; loads torch."""
    from rnnviz.engine.threads import blas

    about, length, seed = run.knobs.about_task, run.knobs.length_in_force, run.knobs.seed
    most = shorter_half(about, length, seed)
    if run.stopped:
        lost = math.nan
        return Ending(lost, lost if is_own(about) else None, Halves(lost, lost) if most else None)
    held_out, judged = drawn.held_out(about, length, seed), _Judged(run)
    with blas().limit(limits=1):
        return Ending(
            judged.loss(held_out) - judged.loss(_learnt(run, held_out)),
            _reach(judged, run) if is_own(about) else None,
            halves(held_out, [judged.answer(p.x, p.lengths) for p in held_out], most)
            if most
            else None,
        )


class _Judged:
    """A run's network, asked."""

    def __init__(self, run: Run) -> None:
        from rnnviz.training.loop.flat import Flat
        from rnnviz.training.loop.head import Head
        from rnnviz.training.loop.stack import Stack

        flat = Flat(run.parameters, run.knobs.precision)
        self._stack, self._head = (
            Stack(assembled(run.knobs, flat.named), flat),
            Head(flat, run.knobs),
        )

    def answer(self, x: Array, lengths: Lengths | None) -> Array:
        """(time, batch, outputs)"""
        return self._head.answers(self._stack.answer(x, lengths).output)

    def loss(self, parts: Sequence[Batch]) -> float:
        """The mean over all that is counted."""
        each = [self._head.scored(self._stack.answer(p.x, p.lengths).output, p)[0] for p in parts]
        return float(np.average(each, weights=[p.mask.sum() for p in parts]))


def _learnt(run: Run, like: Sequence[Batch]) -> list[Batch]:
    """Sequences that are learnt from, as many as there are of those."""
    rng, knobs = np.random.default_rng([run.knobs.seed, 5]), run.knobs
    return [knobs.about_task.batch(rng, knobs.length_in_force, part.x.shape[1]) for part in like]


def _reach(judged: _Judged, run: Run) -> float:
    """On sequences that are learnt from: of these there are enough, where few are held out."""
    about, length = run.knobs.about_task, run.knobs.length_in_force
    rng = np.random.default_rng([run.knobs.seed, 6])
    batch, other = (about.batch(rng, length, SEQUENCES) for _ in range(2))
    return float(reach(judged.answer, batch, other, about.kind))
