"""The buffers a run writes into, made once for a schedule and a shape: values, and gradients apart.

Feature-major: (time, [networks,] size, batch), so that a step's rows are contiguous and stacked
matrices multiply them without a transposition.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate, repeat
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.calls import Buffer, Call, Kind, Place, Use, Work
from rnnviz.engine.schedule import Schedule
from rnnviz.engine.way_back import backward_calls
from rnnviz.operations import Array, Rule
from rnnviz.representation import Operand, Size

ALIGNED = 16
"""Arrays begin at multiples of this many numbers, as vector instructions like them."""
ROOM = 2
"""For a run's values, the half of it never touched. glibc gives the system back what lies free
beyond twice its largest block; values and gradients, two blocks of a size, would go each time, and
the next run, its pages handed out anew, take half as long again (`tests/benchmarks`)."""

Program = list[tuple[Rule, list[tuple[Array | float, ...]]]]
ByKind = dict[tuple[Kind, str], npt.NDArray[Any]]


class Shape(NamedTuple):
    """What decides the arrays of a run. `networks` is () for one network, (n,) for n at once."""

    time: int
    networks: tuple[int, ...]
    batch: int
    inputs: int
    hidden: int
    dtype: np.dtype[np.floating]

    def rows(self, size: Size) -> int:
        return self.inputs if size == "inputs" else self.hidden

    def over_time(self, buffer: Buffer) -> tuple[int, ...]:
        """The shape of a buffer."""
        time = self.time + (1 if buffer.state else 0)
        return (time, *self.networks, buffer.slots * self.rows(buffer.size), self.batch)

    def at_a_step(self, rows: int) -> Array:
        """An array without time."""
        return np.empty((*self.networks, rows, self.batch), self.dtype)


@dataclass(eq=False)
class Arrays:
    """Buffers over time, columns of vectors of parameters, work arrays; and calls on their rows."""

    plan: Schedule
    shape: Shape
    by_kind: ByKind
    columns: dict[str, Array]
    work: dict[Work, Array]
    _steps: dict[Place, list[Array]] = field(default_factory=dict)

    def array(self, place: Place) -> Array:
        """(time, …, size, batch): the rows of a place over time."""
        buffer = self.by_kind[place.kind, place.buffer]
        if place.buffer in self.plan.shared:
            rows = slice(place.start * self.shape.hidden, place.stop * self.shape.hidden)
            buffer = buffer[..., rows, :]
        return buffer[place.later : place.later + self.shape.time]

    def at_once(self, call: Call) -> None:
        """Make a call for the whole sequence."""
        call.rule(*map(self._whole, (*call.operands, call.target)))

    def _whole(self, operand: Place | Work | Operand) -> Array | float:
        if isinstance(operand, Place):
            return self.array(operand)
        if isinstance(operand, Work):
            return self.work[operand]
        return self.columns[operand] if isinstance(operand, str) else operand

    def program(self, calls: Iterable[Call]) -> Program:
        """Each call with the arrays that it takes and writes at every step."""
        return [
            (rule, list(zip(*map(self._at_every_step, (*operands, target)), strict=True)))
            for rule, operands, target in calls
        ]

    def _at_every_step(self, operand: Place | Work | Operand) -> Iterable[Array | float]:
        if isinstance(operand, Place):
            steps = self._steps.get(operand)
            if steps is None:
                steps = self._steps[operand] = list(self.array(operand))
            return steps
        if isinstance(operand, Work):
            return repeat(self.work[operand], self.shape.time)
        if isinstance(operand, str):
            return repeat(self.columns[operand], self.shape.time)
        return repeat(operand, self.shape.time)


class Buffers(Arrays):
    """What a run writes forward. Columns and matrices are filled anew for each run."""

    def __init__(self, plan: Schedule, shape: Shape) -> None:
        cell = plan.cell
        vectors = [name for name, sizes in cell.parameters.items() if len(sizes) == 1]
        columns = {name: shape.at_a_step(shape.hidden) for name in vectors}
        work: dict[Work, Array] = {}
        for stack in plan.stacks:
            rows = len(stack.sums) * shape.hidden
            size = shape.rows(cell.sizes[stack.operand])
            matrices = np.empty((*shape.networks, rows, size), shape.dtype)
            work[Work(Use.MATRICES, stack.name)] = matrices
            work[Work(Use.SHARE, stack.name)] = shape.at_a_step(rows)
        for name in plan.passing:
            work[Work(Use.PASSING, name)] = shape.at_a_step(shape.rows(cell.sizes[name]))
        by_kind: ByKind = dict(_cut(plan.value_buffers, shape, room=ROOM))
        for stack in plan.overwriting:
            rows = plan.buffers[stack.after].slots * shape.hidden
            by_kind[Kind.VALUE, stack.after] = by_kind[Kind.VALUE, stack.name][..., :rows, :]
        for name in plan.held:
            values = by_kind[Kind.HELD_AT, name]
            by_kind[Kind.MASK, name] = np.empty(values.shape, np.bool_)
        super().__init__(plan, shape, by_kind, columns, work)

    @cached_property
    def forward(self) -> Program:
        return self.program(self.plan.during)


class GradientBuffers(Arrays):
    """What one way back through a run writes, beside what it reads: the buffers of the run."""

    def __init__(self, of: Buffers) -> None:
        self.of = of
        turned = {
            Work(Use.TRANSPOSED, name): array.swapaxes(-1, -2)
            for (use, name), array in of.work.items()
            if use is Use.MATRICES
        }
        shares = {
            Work(Use.SHARE, name): of.shape.at_a_step(of.shape.rows(size))
            for name, size in of.plan.cell.sizes.items()
            if name in of.plan.gradients
        }
        by_kind = of.by_kind | _cut(of.plan.gradient_buffers, of.shape)
        super().__init__(of.plan, of.shape, by_kind, of.columns, turned | shares, {**of._steps})
        self._programs: dict[frozenset[str], tuple[Program, tuple[Place, ...]]] = {}

    def backward(self, external: frozenset[str]) -> tuple[Program, tuple[Place, ...]]:
        """The way back's calls, and the gradients they leave unwritten."""
        if external not in self._programs:
            calls, unwritten = backward_calls(self.plan, external)
            self._programs[external] = self.program(calls), unwritten
        return self._programs[external]


def _cut(
    buffers: Mapping[tuple[Kind, str], Buffer], shape: Shape, room: int = 1
) -> dict[tuple[Kind, str], Array]:
    """Arrays cut from one block: the system hands out one much faster than many, and only the
    pages of it that are written. `room`: how many times its size is asked for."""
    extents = {key: shape.over_time(buffer) for key, buffer in buffers.items()}
    starts = [0, *accumulate(-(-math.prod(e) // ALIGNED) * ALIGNED for e in extents.values())]
    block = np.empty(room * starts[-1], shape.dtype)
    return {
        key: block[start : start + math.prod(extent)].reshape(extent)
        for start, (key, extent) in zip(starts, extents.items(), strict=False)
    }
