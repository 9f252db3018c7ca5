"""What a network has learnt by heart: how far its held-out loss lies above that in training."""

from collections.abc import Sequence

import numpy as np

from rnnviz.tasks import Batch, Task
from rnnviz.training.knobs import EVALUATED_AT_ONCE, HELD_OUT
from rnnviz.training.runs import Run, assembled


def can_learn_by_heart(task: Task) -> bool:
    """Whether the sequences learnt from come again, and those judged on are others. Where each
    update draws new ones there is nothing to learn by heart."""
    return task.draw_held_out is not None


def generalization_gap(run: Run) -> float:
    """Mean loss on held-out sequences less that on as many learnt from, dropout off; loads torch.
    NaN where the run stopped at a number that was not finite."""
    from rnnviz.engine.threads import blas
    from rnnviz.training.flat import Flat
    from rnnviz.training.head import Head
    from rnnviz.training.stack import Stack

    if run.stopped:
        return float("nan")
    knobs = run.knobs
    flat = Flat(run.parameters, knobs.precision)
    stack, head = Stack(assembled(knobs, flat.named), flat), Head(flat, knobs)

    def loss(parts: Sequence[Batch]) -> float:
        each = [head.scored(stack.answer(p.x, p.lengths).output, p)[0] for p in parts]
        return float(np.average(each, weights=[p.mask.sum() for p in parts]))

    about, length = knobs.about_task, knobs.length_in_force
    held_out = about.held_out_parts(
        np.random.default_rng([knobs.seed, 2]), length, HELD_OUT, EVALUATED_AT_ONCE
    )
    rng = np.random.default_rng([knobs.seed, 5])
    learnt = [about.batch(rng, length, part.x.shape[1]) for part in held_out]
    with blas().limit(limits=1):
        return loss(held_out) - loss(learnt)
