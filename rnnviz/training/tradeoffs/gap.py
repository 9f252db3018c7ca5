"""What a network has learnt by heart: how far its held-out loss lies above that in training."""

from collections.abc import Callable

import numpy as np

from rnnviz.tasks import Batch, Task
from rnnviz.tasks.sequences import Rng
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

    def loss(draw: Callable[[Rng, int, int], Batch], stream: int) -> float:
        rng = np.random.default_rng([knobs.seed, stream])
        parts = [
            draw(rng, knobs.length_in_force, EVALUATED_AT_ONCE)
            for _ in range(HELD_OUT // EVALUATED_AT_ONCE)
        ]
        each = [head.scored(stack.answer(p.x, p.lengths).output, p)[0] for p in parts]
        return float(np.average(each, weights=[p.mask.sum() for p in parts]))

    with blas().limit(limits=1):
        return loss(knobs.about_task.held_out, 2) - loss(knobs.about_task.batch, 5)
