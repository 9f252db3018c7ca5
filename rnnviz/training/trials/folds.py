"""The parts of a task's data of which each is held out once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from rnnviz import tasks
from rnnviz.tasks.batch import Batch, Rng
from rnnviz.tasks.task import Task
from rnnviz.texts import Sentence
from rnnviz.training.knobs.kinds import task_of

MOST = 20


def folds_of(task: Any, folds: int) -> Sequence[Any]:
    """The tasks of so many folds; for one fold, none: the task is as it is.

    Data of a visitor's own are cut (`Task.cut`): a series by time, texts so that every part has its
    share of each label. A toy task draws whatever is asked for: each fold draws sequences of its
    own.

    ValueError where it cannot be cut into so many.
    """
    if not 1 <= folds <= MOST:
        raise ValueError(Sentence("there can be 1 to {most} folds", most=MOST))
    if folds == 1:
        return ()
    whole = tasks.find(task_of(task))
    if whole.cut:
        return whole.cut(folds)
    if whole.is_held_out_fixed:
        raise ValueError(Sentence("these data cannot be cut into folds: take one"))
    draws = ((OfFold(whole, k), OfFold(whole, k, is_held_out=True)) for k in range(folds))
    return tuple(replace(whole, draw=draw, draw_held_out=held_out) for draw, held_out in draws)


@dataclass(frozen=True)
class OfFold:
    """Draws as a task does, from a stream of its own."""

    task: Task
    fold: int
    is_held_out: bool = False

    def __call__(self, rng: Rng, length: int, batch: int) -> Batch:
        own = np.random.default_rng([self.fold, *rng.integers(2**32, size=4)])
        draw = self.task.held_out if self.is_held_out else self.task.batch
        return draw(own, length, batch)
