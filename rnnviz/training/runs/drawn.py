"""The sequences that a run learns from and is judged on, drawn without the run. No torch."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from rnnviz.tasks.batch import Batch
from rnnviz.tasks.task import Task
from rnnviz.training.knobs.knobs import EVALUATED_AT_ONCE, HELD_OUT

State = Mapping[str, Any]
"""Where a generator stands."""


class Drawn(NamedTuple):
    """Batches one after the other, and where the generator stands after them."""

    batches: tuple[Batch, ...]
    state: State


@lru_cache(maxsize=8)
def held_out(task: Task, length: int, seed: int) -> tuple[Batch, ...]:
    """The sequences a run is judged on: the same for all runs of a seed, whatever their cell."""
    rng = np.random.default_rng([seed, 2])
    return task.held_out_parts(rng, length, HELD_OUT, EVALUATED_AT_ONCE)


def data_generator(seed: int) -> State:
    """Where a run's generator of data stands at first."""
    return np.random.default_rng([seed, 1]).bit_generator.state


def batches(task: Task, length: int, batch: int, state: State, count: int) -> Drawn:
    """The next batches of a run whose generator of data stands there."""
    rng = np.random.default_rng()
    rng.bit_generator.state = dict(state)
    drawn = tuple(task.batch(rng, length, batch) for _ in range(count))
    return Drawn(drawn, rng.bit_generator.state)
