"""What an update keeps in memory: counted from where the engine lays a cell's values, and measured.

Every value of every time step is kept for the way back, and of the gradients those that others
follow from (see `engine.schedule`). Parameters, and what an optimizer remembers of each, are not in
it.
"""

import math
import tracemalloc
from typing import NamedTuple

import numpy as np

from rnnviz.engine.buffers import Shape
from rnnviz.engine.schedule import gradient_buffers, schedule
from rnnviz.training.knobs.knobs import Knobs
from rnnviz.training.runs.runs import Run, assembled


class Kept(NamedTuple):
    """Bytes of the values, and of the gradients, that one update keeps of all its cells."""

    values: int
    gradients: int

    @property
    def total(self) -> int:
        return self.values + self.gradients


def counted(knobs: Knobs) -> Kept:
    """What an update keeps, by the plan of its cell. Sequences are as long as the longest."""
    steps = knobs.about_task.steps(knobs.length_in_force)
    piece = min(knobs.truncate or steps, steps)
    pieces = [min(piece, steps - begin) for begin in range(0, steps, piece)]
    cell, padded = knobs.cell_in_force, _has_padding(knobs)
    plan = schedule(cell, padded=padded)
    gradients = gradient_buffers(plan, frozenset({"h"}))
    found = [0, 0]
    for below in _inputs(knobs):
        for time in pieces:
            shape = Shape(time, (), knobs.batch, below, knobs.hidden, np.dtype(knobs.precision))
            for place, buffers in enumerate((plan.value_buffers, gradients)):
                found[place] += sum(math.prod(shape.over_time(one)) for one in buffers.values())
    return Kept(*(knobs.number_bytes * numbers for numbers in found))


def asked(run: Run) -> int:
    """Bytes that one update of a run asks the system for and keeps, measured; to be done in a
    process of its own, where nothing else is at work. The engine asks for the room of the values
    twice over, and never touches the second half."""
    from rnnviz.training.loop.flat import Flat
    from rnnviz.training.loop.stack import Stack

    knobs = run.knobs
    rng = np.random.default_rng(0)
    batch = knobs.about_task.batch(rng, knobs.length_in_force, knobs.batch)
    flat = Flat(run.parameters, knobs.precision)
    stack = Stack(assembled(knobs, flat.named), flat, truncate=knobs.truncate)
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    record = stack.answer(batch.x, batch.lengths)
    gradients = record.backward(np.ones_like(record.output))
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del gradients
    return after - before


def _inputs(knobs: Knobs) -> list[int]:
    """How many numbers each cell reads at a step, in the order of the layers."""
    ways = knobs.ways // knobs.layers
    about, upper = knobs.about_task, [knobs.hidden * ways] * (knobs.layers - 1)
    first = knobs.embedding if about.tokens else about.inputs
    return [below for below in (first, *upper) for _ in range(ways)]


def _has_padding(knobs: Knobs) -> bool:
    drawn = knobs.about_task.batch(np.random.default_rng(0), knobs.length_in_force, 1)
    return drawn.lengths is not None
