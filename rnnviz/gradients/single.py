"""A run taken apart into its steps: what happens within a step, nothing carried over in time."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from rnnviz.engine.cell_run import CellRun, run
from rnnviz.engine.memory import Memory
from rnnviz.operations import Array

Number = TypeVar("Number", bound=np.generic)


def single_steps(record: CellRun) -> CellRun:
    """Every step of a run as a run of one step, side by side in the batch: item t · batch + b."""
    memory = record.memory
    if memory.shape.networks:
        raise ValueError("steps are taken apart for one network at a time")
    items = memory.shape.time * memory.shape.batch
    once = Memory(memory.plan, memory.shape._replace(time=1, batch=items))

    def outer(array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """(time, size, batch) → (items, size)."""
        return array.swapaxes(-1, -2).reshape(items, -1)

    initial = {s: outer(record.internal(f"{s}_prev")) for s in record.cell.states}
    held = {
        name: (outer(memory.buffers[f"values {name}"]).T, outer(memory.buffers[f"mask {name}"]).T)
        for name in memory.plan.held
    }
    return run(once, record.params, outer(record.internal("x"))[None], initial, held)


def within_steps(
    record: CellRun, given: Mapping[str, Array], names: Iterable[str]
) -> dict[str, Array]:
    """The gradients that arise within the steps alone, with nothing carried over in time.

    Args:
        given: value → (time, batch, hidden), the gradient that reaches it from outside its step.
        names: the values that are asked for.

    Returns:
        Name → (time, batch, size): what `given` amounts to at that value.
    """
    time, batch = record.memory.shape.time, record.memory.shape.batch
    outside = {n: array.reshape(1, time * batch, -1) for n, array in given.items()}
    found = single_steps(record).backward(others=outside)
    return {name: found.value(name).reshape(time, batch, -1).copy() for name in names}
