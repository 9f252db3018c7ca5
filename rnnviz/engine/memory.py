"""The arrays a run writes into, made once for a schedule and a shape.

Feature-major: (time, [networks,] size, batch), so that a step's rows are contiguous and stacked
matrices multiply them without a transposition.
"""

import math
from collections.abc import Iterable, Mapping
from functools import cached_property
from itertools import accumulate, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.calls import Buffer, Call, Place, scratch
from rnnviz.engine.schedule import Schedule
from rnnviz.engine.way_back import backward_calls
from rnnviz.operations import OPERANDS, Array, Rule
from rnnviz.representation import Operand, Size

ALIGNED = 16
"""Arrays begin at multiples of this many numbers, as vector instructions like them."""

Program = list[tuple[Rule, list[tuple[Array | float, ...]]]]


class Shape(NamedTuple):
    """What decides the arrays of a run. `networks` is () for one network, (n,) for n at once."""

    time: int
    networks: tuple[int, ...]
    batch: int
    inputs: int
    hidden: int
    dtype: np.dtype[np.floating]


class Memory:
    """Buffers over time, constants, and the calls of every step with the rows they touch."""

    def __init__(self, plan: Schedule, shape: Shape) -> None:
        self.plan, self.shape = plan, shape
        held = {f"values {name}": Buffer(plan.cell.sizes[name]) for name in plan.held}
        made = plan.buffers | held | self._gradient_buffers()
        self.buffers: dict[str, npt.NDArray[Any]] = self._arrays(made)
        for name in plan.held:
            self.buffers[f"mask {name}"] = np.empty(self.buffers[f"values {name}"].shape, np.bool_)
        self._shared = {
            kind + name
            for name, buffer in plan.buffers.items()
            for kind in ("", "gradient ", *(f"slope by {operand} " for operand in OPERANDS))
            if buffer.slots > 1
        }
        self.constants = self._constants()
        self._rows: dict[Place, list[Array]] = {}
        self._backward: dict[frozenset[str], tuple[Program, tuple[Place, ...]]] = {}

    def rows(self, size: Size) -> int:
        return self.shape.inputs if size == "inputs" else self.shape.hidden

    def _arrays(self, buffers: Mapping[str, Buffer]) -> dict[str, Array]:
        """Arrays cut from one block: the system hands out one much faster than many, and only the
        pages of it that are written."""
        extents = {name: self._extent(buffer) for name, buffer in buffers.items()}
        starts = [0, *accumulate(-(-math.prod(e) // ALIGNED) * ALIGNED for e in extents.values())]
        block = np.empty(starts[-1], self.shape.dtype)
        return {
            name: block[start : start + math.prod(extent)].reshape(extent)
            for start, (name, extent) in zip(starts, extents.items(), strict=False)
        }

    def _extent(self, buffer: Buffer) -> tuple[int, ...]:
        shape, rows = self.shape, buffer.slots * self.rows(buffer.size)
        time = shape.time + (1 if buffer.state else 0)
        return (time, *shape.networks, rows, shape.batch)

    def _constants(self) -> dict[str, Array]:
        """Stacked matrices, their work arrays and columns of vectors: filled anew for each run."""
        shape, cell = self.shape, self.plan.cell
        made: dict[str, Array] = {}
        for name, sizes in cell.parameters.items():
            if len(sizes) == 1:
                made[name] = np.empty((*shape.networks, shape.hidden, shape.batch), shape.dtype)
        for stack in self.plan.stacks:
            rows = len(stack.sums) * shape.hidden
            columns = self.rows(cell.sizes[stack.operand])
            matrix = np.empty((*shape.networks, rows, columns), shape.dtype)
            made[stack.matrix] = matrix
            made[f"transposed {stack.matrix}"] = matrix.swapaxes(-1, -2)
            made[scratch(stack.name)] = np.empty((*shape.networks, rows, shape.batch), shape.dtype)
        for name, size in cell.sizes.items():
            rows = self.rows(size)
            made[scratch(name)] = np.empty((*shape.networks, rows, shape.batch), shape.dtype)
        return made

    def array(self, place: Place) -> Array:
        """(time, …, size, batch): the rows of a place over time."""
        buffer = self.buffers[place.buffer]
        if place.buffer in self._shared:
            rows = slice(place.start * self.shape.hidden, place.stop * self.shape.hidden)
            buffer = buffer[..., rows, :]
        return buffer[place.later : place.later + self.shape.time]

    def at_once(self, call: Call) -> None:
        """Make a call for the whole sequence."""
        call.rule(*map(self._whole, (*call.operands, call.target)))

    def _whole(self, operand: Place | Operand) -> Array | float:
        if isinstance(operand, Place):
            return self.array(operand)
        return operand if isinstance(operand, float) else self.constants[operand]

    @cached_property
    def forward(self) -> Program:
        return self._program(self.plan.during)

    def backward(self, external: frozenset[str]) -> tuple[Program, tuple[Place, ...]]:
        """The way back's calls, and the gradients they leave unwritten."""
        if external not in self._backward:
            calls, unwritten = backward_calls(self.plan, external)
            self._backward[external] = self._program(calls), unwritten
        return self._backward[external]

    def _gradient_buffers(self) -> dict[str, Buffer]:
        plan = self.plan
        made = {f"gradient {name}": buffer for name, buffer in plan.buffers.items()}
        made |= {f"passed {name}": Buffer(plan.cell.sizes[name]) for name in plan.held}
        for step, slot in plan.sloped:
            buffer = plan.buffers[plan.places[step.name].buffer]
            made[plan.slope(step.name, slot).buffer] = buffer._replace(state=False)
        return made

    def _program(self, calls: Iterable[Call]) -> Program:
        """Each call with the arrays that it takes and writes at every step."""
        return [
            (rule, list(zip(*map(self._over_time, (*operands, target)), strict=True)))
            for rule, operands, target in calls
        ]

    def _over_time(self, operand: Place | Operand) -> Iterable[Array | float]:
        if isinstance(operand, Place):
            if operand not in self._rows:
                self._rows[operand] = list(self.array(operand))
            return self._rows[operand]
        if isinstance(operand, float):
            return repeat(operand, self.shape.time)
        if operand in self.buffers:
            return list(self.buffers[operand])
        return repeat(self.constants[operand], self.shape.time)
