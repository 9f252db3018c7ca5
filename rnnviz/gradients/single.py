"""A run taken apart into its steps: what happens within a step, nothing carried over in time."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from rnnviz.engine.calls import Kind, Place
from rnnviz.engine.cell_run import CellRun, Workspace, run
from rnnviz.operations import Array

Number = TypeVar("Number", bound=np.generic)


def single_steps(record: CellRun) -> CellRun:
    """Every step of a run as a run of one step, side by side in the batch: item t · batch + b.

    It is made in a workspace: its next way back overwrites the gradients of the one before.
    """
    buffers = record.buffers
    if buffers.shape.networks:
        raise ValueError("steps are taken apart for one network at a time")
    items = buffers.shape.time * buffers.shape.batch
    space = Workspace()
    once = space.buffers(buffers.plan, buffers.shape._replace(time=1, batch=items))

    def outer(array: npt.NDArray[Number]) -> npt.NDArray[Number]:
        """(time, size, batch) → (items, size)."""
        return array.swapaxes(-1, -2).reshape(items, -1)

    def held(name: str, kind: Kind) -> npt.NDArray[Any]:
        return outer(buffers.array(Place(name, kind=kind))).T

    done = CellRun(once, record.params, space)
    initial = {s: outer(record.internal(f"{s}_prev")) for s in record.cell.states}
    at = {n: (held(n, Kind.HELD_AT), held(n, Kind.MASK)) for n in buffers.plan.held}
    absent = None if record.absent is None else record.absent.reshape(1, items)
    run(done, outer(record.internal("x"))[None], initial, at, absent)
    return done


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
    time, batch = record.buffers.shape.time, record.buffers.shape.batch
    outside = {n: array.reshape(1, time * batch, -1) for n, array in given.items()}
    found = single_steps(record).backward(others=outside)
    return {name: found.value(name).reshape(time, batch, -1).copy() for name in names}
