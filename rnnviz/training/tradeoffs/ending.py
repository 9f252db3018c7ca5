"""What a run has come to: its score after the last update, and what it has learnt by heart: how far
its held-out loss lies above that in training."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from rnnviz.tasks import Batch, Task
from rnnviz.training.knobs.knobs import EVALUATED_AT_ONCE, HELD_OUT
from rnnviz.training.runs.runs import Run, assembled


class Ending(NamedTuple):
    """metric: on held-out sequences. gap: mean loss on these less that on as many learnt from; NaN
    where nothing can be learnt by heart. Both with dropout off, and NaN where the run stopped at a
    number that was not finite."""

    metric: float
    gap: float


def can_learn_by_heart(task: Task) -> bool:
    """Whether the sequences learnt from come again, and those judged on are others. Where each
    update draws new ones there is nothing to learn by heart."""
    return task.draw_held_out is not None


def ending(run: Run) -> Ending:
    """A run that has come to its end, judged as it is; loads torch."""
    from rnnviz.engine.threads import blas
    from rnnviz.training.loop.flat import Flat
    from rnnviz.training.loop.head import Head
    from rnnviz.training.loop.stack import Stack

    if run.stopped:
        return Ending(float("nan"), float("nan"))
    knobs = run.knobs
    flat = Flat(run.parameters, knobs.precision)
    stack, head = Stack(assembled(knobs, flat.named), flat), Head(flat, knobs)

    def means(parts: Sequence[Batch]) -> tuple[float, float]:
        each = [head.scored(stack.answer(p.x, p.lengths).output, p) for p in parts]
        losses, metrics = zip(*each, strict=True)
        return (
            float(np.average(losses, weights=[p.mask.sum() for p in parts])),
            float(np.average(metrics, weights=[p.scored.sum() for p in parts])),
        )

    about, length = knobs.about_task, knobs.length_in_force
    held_out = about.held_out_parts(
        np.random.default_rng([knobs.seed, 2]), length, HELD_OUT, EVALUATED_AT_ONCE
    )
    with blas().limit(limits=1):
        loss, metric = means(held_out)
        if not can_learn_by_heart(about):
            return Ending(metric, float("nan"))
        rng = np.random.default_rng([knobs.seed, 5])
        learnt = [about.batch(rng, length, part.x.shape[1]) for part in held_out]
        return Ending(metric, loss - means(learnt)[0])
