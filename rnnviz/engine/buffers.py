"""The buffers a run writes into, made once for a schedule and a shape: values, and gradients apart.

Feature-major: (time, [networks,] size, batch), so that a step's rows are contiguous and stacked
matrices multiply them without a transposition.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from rnnviz.engine.calls import Buffer, Call, Kind, Place, Use, Work
from rnnviz.engine.schedule import Schedule, gradient_buffers
from rnnviz.engine.way_back import backward_calls
from rnnviz.operations import Array, Rule
from rnnviz.representation import Operand, Size

ALIGNED = 16
"""Arrays begin at multiples of this many numbers, as vector instructions like them."""
ROOM = 2
"""For a run's values, the half of it never touched. glibc gives the system back what lies free
beyond twice its largest block; values and gradients, two blocks of a size, would go each time, and
the next run, its pages handed out anew, take half as long again (`tests/benchmarks`)."""

Program = list[tuple[Rule, list[list[Array]]]]
"""Each rule, and for each of its operands and its target the arrays, one after the other."""
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
        time = 1 if buffer.passing else self.time + (1 if buffer.state else 0)
        return (time, *self.networks, buffer.slots * self.rows(buffer.size), self.batch)

    def at_a_step(self, rows: int) -> Array:
        """An array without time."""
        return np.empty((*self.networks, rows, self.batch), self.dtype)


@dataclass(eq=False)
class Arrays:
    """Buffers over time, work arrays; and calls on their rows."""

    plan: Schedule
    shape: Shape
    by_kind: ByKind
    work: dict[Work, Array]
    _steps: dict[Place, list[Array]] = field(default_factory=dict)

    def array(self, place: Place) -> Array:
        """(time, …, size, batch): the rows of a place over time; one entry where they pass."""
        return self._rows(place)[place.later : place.later + self.shape.time]

    def at_once(self, call: Call) -> None:
        """Make a call for the whole sequence."""
        operands = (*call.operands, call.target)
        call.rule(*(self.array(o) if isinstance(o, Place) else self._fixed(o) for o in operands))

    def program(self, calls: Iterable[Call]) -> Program:
        """Each call with the arrays that it takes and writes at every step."""
        return [
            (rule, [self._at_every_step(operand) for operand in (*operands, target)])
            for rule, operands, target in calls
        ]

    def _at_every_step(self, operand: Place | Work | Operand) -> list[Array]:
        time = self.shape.time
        if not isinstance(operand, Place):
            return time * [self._fixed(operand)]
        rows = self._steps.get(operand.at_any_step)
        if rows is None:
            rows = self._steps[operand.at_any_step] = list(self._rows(operand))
        return time * rows if len(rows) == 1 else rows[operand.later : operand.later + time]

    def _fixed(self, operand: Work | Operand) -> Array:
        if isinstance(operand, Work):
            return self.work[operand]
        return np.asarray(operand, self.shape.dtype)

    def _rows(self, place: Place) -> Array:
        buffer = self.by_kind[place.kind, place.buffer]
        if place.buffer not in self.plan.shared:
            return buffer
        return buffer[..., place.start * self.shape.hidden : place.stop * self.shape.hidden, :]


class Buffers(Arrays):
    """What a run writes forward. Columns and matrices are filled anew for each run.

    columns: vector of parameters → (…, hidden, batch), the same for each sequence.
    """

    def __init__(self, plan: Schedule, shape: Shape) -> None:
        cell = plan.cell
        work: dict[Work, Array] = {}
        for stack in plan.stacks:
            work[Work(Use.SHARE, stack.name)] = shape.at_a_step(len(stack.sums) * shape.hidden)
            for block in (stack.product, *stack.blocks):
                size = shape.rows(cell.sizes[block.operand])
                extent = (*shape.networks, len(block.matrices) * shape.hidden, size)
                work[Work(Use.MATRICES, block.name)] = np.empty(extent, shape.dtype)
        by_kind: ByKind = dict(_cut(plan.value_buffers, shape, room=ROOM))
        for stack in plan.overwriting:
            rows = plan.buffers[stack.after].slots * shape.hidden
            by_kind[Kind.VALUE, stack.after] = by_kind[Kind.VALUE, stack.name][..., :rows, :]
        for name in plan.held:
            values = by_kind[Kind.HELD_AT, name]
            by_kind[Kind.MASK, name] = np.empty(values.shape, np.bool_)
        if plan.padded:
            everywhere = (1,) * len((*shape.networks, "size"))
            by_kind[Kind.ABSENT, "x"] = np.empty((shape.time, *everywhere, shape.batch), np.bool_)
        super().__init__(plan, shape, by_kind, work)
        self.columns: dict[str, Array] = {n: self.array(p)[0] for n, p in plan.vectors.items()}

    @cached_property
    def forward(self) -> Program:
        return self.program(self.plan.during)


class GradientBuffers(Arrays):
    """What one way back through a run writes, beside what it reads: the buffers of the run.

    external: the values that get a gradient from outside as well.
    """

    def __init__(self, of: Buffers, external: frozenset[str]) -> None:
        self.of, self.external = of, external
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
        self._made = gradient_buffers(of.plan, external)
        by_kind = of.by_kind | _cut(self._made, of.shape)
        super().__init__(of.plan, of.shape, by_kind, turned | shares, {**of._steps})
        calls, self.unwritten = backward_calls(of.plan, external)
        self.backward = self.program(calls)

    def kept(self, name: str) -> Array | None:
        """The gradient of a value as the way back has left it, if it has."""
        place = self.plan.gradients.get(name)
        if place is None or self._made[place.kind, place.buffer].passing:
            return None
        return self.array(place)


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
