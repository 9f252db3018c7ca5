"""What a cell's run leaves behind: every value at every step, by name."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rnnviz.engine.buffers import Buffers
from rnnviz.engine.calls import ABSENT, Kind, Place
from rnnviz.engine.checks import unknown
from rnnviz.engine.layout import sources
from rnnviz.engine.order import Mask
from rnnviz.operations import OPERATIONS, Array, Source
from rnnviz.representation import Cell, Operand, Step, is_matrix, is_parameter, is_part


@dataclass(frozen=True)
class Record:
    """The record of a cell read over a sequence: every value at every step."""

    buffers: Buffers
    params: Mapping[str, Array]

    def __repr__(self) -> str:
        shape = self.buffers.shape
        sizes = f"{shape.time} steps, batch {shape.batch}, {shape.hidden} units"
        return f"{type(self).__name__} of {self.cell!r}: {sizes}"

    @property
    def cell(self) -> Cell:
        return self.buffers.plan.cell

    def value(self, name: str) -> Array:
        """(time, batch, size): a named value, a part (`f.4`), `x`, or `h_prev`.

        Raises:
            KeyError: the cell has no such value; the message names those it has.
        """
        self.check(name)
        return self.internal(name).swapaxes(-1, -2)

    def check(self, name: str) -> None:
        """Raises KeyError if the cell has no such value."""
        sizes = self.cell.sizes
        if name not in sizes or is_parameter(name):
            known = [n for n in sizes if not is_part(n) and not is_parameter(n)]
            raise KeyError(unknown(name, known))

    def internal(self, name: Operand) -> Array:
        """A value, parameter or number as the rules take it: feature-major, vectors as columns."""
        if isinstance(name, float):
            return np.asarray(name, self.buffers.shape.dtype)
        if is_matrix(name):
            return self.params[name]
        if is_parameter(name):
            return self.buffers.columns[name]
        place = self.buffers.plan.kept.get(name)
        if place:
            return self.buffers.array(place)
        step, shape = self.cell.step(name), self.buffers.shape
        with np.errstate(all="ignore"):
            found = OPERATIONS[step.op].forward(*map(self.internal, step.args))
        return np.broadcast_to(found, (shape.time, *shape.networks, *found.shape[-2:]))

    @property
    def absent(self) -> Mask | None:
        """(time, …, 1, batch): where a sequence has no such step, and its states are carried on.
        None where all have all."""
        if not self.buffers.plan.padded:
            return None
        return np.asarray(self.buffers.array(ABSENT), np.bool_)

    def replaced(self, name: str) -> Mask | None:
        """(time, …, size or 1, batch): where something else stands for a value: it is held, or
        carried on. None where it is computed at every step."""
        plan = self.buffers.plan
        found = self.absent if name in plan.carried else None
        if name not in plan.held:
            return found
        held = np.asarray(self.buffers.array(Place(name, kind=Kind.MASK)), np.bool_)
        return held if found is None else held | found

    def pulled(self, step: Step, slot: int, gradient: Array) -> Array:
        """What a gradient of a step's result gives the operand in that slot, feature-major."""
        names = sources(step)

        def value(source: Source) -> Array:
            return gradient if source == "gradient" else self.internal(names[source])

        return OPERATIONS[step.op].gradients[slot].of(value)
