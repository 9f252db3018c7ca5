"""Run a cell over a sequence, forward and backward, and keep every value and every gradient.

Outside, arrays are time-first: (time, batch, size); with several networks at once (time, networks,
batch, size). Inside they are feature-major, see `memory`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rnnviz.engine.checks import (
    Arrays,
    Hold,
    Masks,
    checked_arrays,
    checked_initial,
    masks,
    unknown,
)
from rnnviz.engine.memory import Memory, Shape
from rnnviz.engine.operations import BACKWARD, FORWARD, SLOPE, Array, outer_product
from rnnviz.engine.schedule import Place, Schedule, hold, schedule, whole
from rnnviz.engine.sums import Block, Stack
from rnnviz.representation import Cell, Operand, Step, is_matrix, is_parameter, is_part

__all__ = ["CellGradients", "CellRun", "Hold", "Workspace", "forward"]

STEPS_AT_ONCE = 16


class Workspace:
    """Arrays kept for the next run of the same cell and shape, as a training loop needs.

    A run in a workspace overwrites the record of the run before it.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[Schedule, Shape], Memory] = {}

    def memory(self, plan: Schedule, shape: Shape) -> Memory:
        key = (plan, shape)
        if key not in self._kept:
            self._kept.clear()
            self._kept[key] = Memory(plan, shape)
        return self._kept[key]


def forward(
    cell: Cell,
    params: Arrays,
    x: npt.ArrayLike,
    *,
    initial: Arrays | None = None,
    holds: Iterable[Hold] = (),
    workspace: Workspace | None = None,
) -> "CellRun":
    """Run a cell over a sequence.

    Args:
        cell: the cell.
        params: one array for each name in `cell.parameters`; matrices ([networks,] hidden, size),
            vectors ([networks,] hidden).
        x: (time, batch, inputs), or (time, networks, batch, inputs).
        initial: state → (batch, hidden) before the first step; zeros where it is not given.
        holds: interventions.
        workspace: arrays to write into, see `Workspace`.

    Raises:
        ValueError: arrays that do not fit, or a hold of what the cell does not have.
    """
    arrays, inputs, shape = checked_arrays(cell, params, x)
    held = masks(cell, holds, shape)
    plan = schedule(cell, frozenset(held))
    memory = workspace.memory(plan, shape) if workspace else Memory(plan, shape)
    return run(memory, arrays, inputs, checked_initial(cell, initial or {}, shape), held)


def run(
    memory: Memory,
    params: Mapping[str, Array],
    x: Array,
    initial: Mapping[str, Array],
    held: Masks,
) -> "CellRun":
    """`forward` with everything checked."""
    plan, cell = memory.plan, memory.plan.cell
    memory.buffers["x"][...] = x.swapaxes(-1, -2)
    for state in cell.states:
        memory.buffers[state][0] = initial[state].swapaxes(-1, -2)
    for name, (values, where) in held.items():
        memory.buffers[f"values {name}"][...] = values
        memory.buffers[f"mask {name}"][...] = where
    for name, sizes in cell.parameters.items():
        if len(sizes) == 1:
            memory.constants[name][...] = params[name][..., None]
    done = CellRun(memory, params)
    with np.errstate(all="ignore"):
        for step in plan.before:
            value = memory.array(plan.places[step.name])
            FORWARD[step.op](*map(done.internal, step.args), value)
            if step.name in held:
                hold(*held[step.name], value)
        for stack in plan.stacks:
            _prepare(stack, done)
        for time in range(memory.shape.time):
            for rule, rows in memory.forward:
                rule(*rows[time])
    return done


def _prepare(stack: Stack, done: "CellRun") -> None:
    """Stack the matrices, and compute for the whole sequence what no state enters."""
    memory, params = done.memory, done.params
    stacked = memory.constants[stack.matrix]
    np.concatenate([params[m] for m in stack.matrices], axis=-2, out=stacked)
    for block in stack.blocks:
        matrix = np.concatenate([params[m] for m in block.matrices], axis=-2)
        rows = memory.array(Place(stack.name, block.start, block.stop))
        np.matmul(matrix, done.internal(block.operand), rows)
    for one in stack.sums:
        rows = memory.array(memory.plan.places[one.name])
        fixed = [done.internal(term) for term in one.fixed]
        if one.inputs is None:
            rows[...] = fixed.pop() if fixed else 0.0
        for term in fixed:
            rows += term


@dataclass(frozen=True)
class CellRun:
    """The record of a cell read over a sequence: every value at every step."""

    memory: Memory
    params: Mapping[str, Array]

    @property
    def cell(self) -> Cell:
        return self.memory.plan.cell

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
            return np.asarray(name, self.memory.shape.dtype)
        if is_matrix(name):
            return self.params[name]
        if is_parameter(name):
            return self.memory.constants[name]
        place = self.memory.plan.places.get(name)
        if place:
            return self.memory.array(place)
        step, batch = self.cell.step(name), self.memory.buffers["x"].shape
        with np.errstate(all="ignore"):
            found = FORWARD[step.op](*map(self.internal, step.args))
        return np.broadcast_to(found, (*batch[:-2], *found.shape[-2:]))

    def backward(
        self, dh: npt.ArrayLike | None = None, others: Arrays | None = None
    ) -> "CellGradients":
        """Backpropagation through time.

        Args:
            dh: (time, batch, hidden), the gradient that reaches each h_t from outside the cell.
            others: the same for other named values.

        Raises:
            KeyError: a gradient of what is no named value.
            ValueError: a gradient of another shape than its value.
        """
        memory = self.memory
        given = checked_gradients(self, {**({} if dh is None else {"h": dh}), **(others or {})})
        program, unwritten = memory.backward(frozenset(memory.plan.gradients.keys() & given))
        for state in self.cell.states:
            memory.buffers[f"gradient {state}"][[0, -1]] = 0.0
        for place in unwritten:
            memory.array(place)[...] = 0.0
        elsewhere: dict[str, Array] = {}
        for name, gradient in given.items():
            if name in memory.plan.gradients:
                memory.array(memory.plan.gradients[name])[...] = gradient
            else:
                elsewhere[name] = gradient
        with np.errstate(all="ignore"):
            for call in memory.plan.slopes:
                memory.at_once(call)
            for time in reversed(range(memory.shape.time)):
                for rule, rows in program:
                    rule(*rows[time])
        return CellGradients(self, elsewhere)


@dataclass(frozen=True)
class CellGradients:
    """The total derivative of the loss with respect to every value at every step."""

    run: CellRun
    _given: Mapping[str, Array] = field(repr=False)
    _found: dict[str, Array] = field(default_factory=dict, repr=False)

    def value(self, name: str) -> Array:
        """(time, batch, size): dL/d(value). Of `h_prev`: what reaches it through the step after it.

        Raises:
            KeyError: the cell has no such value.
        """
        self.run.check(name)
        return self.internal(name).swapaxes(-1, -2)

    @property
    def x(self) -> Array:
        """(time, batch, inputs)."""
        return self.value("x")

    @property
    def initial(self) -> dict[str, Array]:
        """State → (batch, hidden): the gradient that reaches the state before the first step."""
        buffers = self.run.memory.buffers
        return {s: buffers[f"gradient {s}"][0].swapaxes(-1, -2) for s in self.run.cell.states}

    @cached_property
    def params(self) -> dict[str, Array]:
        """Parameter → its gradient, in the parameter's shape."""
        plan = self.run.memory.plan
        in_sums = plan.inside.keys() | {s.step.name for k in plan.stacks for s in k.sums}
        shares: dict[str, list[Array]] = {name: [] for name in self.run.cell.parameters}
        for stack in plan.stacks:
            for name, share in self._of_stack(stack):
                shares[name].append(share)
        for name in shares:
            for step, slot in uses(self.run.cell, name):
                is_vector_of_product = step.op == "matmul" and slot == 1
                if step.name not in in_sums or is_vector_of_product:
                    share = self._pulled(step, slot)
                    shares[name].append(share.sum(0) if is_matrix(name) else share.sum(0).sum(-1))
        return {name: sum(found[1:], start=found[0]) for name, found in shares.items()}

    def _of_stack(self, stack: Stack) -> Iterator[tuple[str, Array]]:
        """Each parameter of a stack with its gradient: one product serves all its matrices."""
        memory, hidden = self.run.memory, self.run.memory.shape.hidden
        gradient = memory.array(whole(stack).beside("gradient"))
        products = [Block(stack.operand, 0, stack.matrices), *stack.blocks]
        for operand, start, matrices in products:
            rows = gradient[..., start * hidden : (start + len(matrices)) * hidden, :]
            total = summed_outer(rows, self.run.internal(operand))
            yield from zip(matrices, np.split(total, len(matrices), axis=-2), strict=True)
        bias = gradient.sum(0).sum(-1)
        for row, one in enumerate(stack.sums):
            for name in one.fixed:
                if isinstance(name, str) and is_parameter(name):
                    yield name, bias[..., row * hidden : (row + 1) * hidden]

    def params_over_time(self, name: str) -> Array:
        """(time, *shape): how much each time step contributes to a parameter's gradient.

        Raises:
            KeyError: the cell has no such parameter.
        """
        if name not in self.run.cell.parameters:
            raise KeyError(unknown(name, self.run.cell.parameters, "parameter"))
        shares = [self._pulled(step, slot) for step, slot in uses(self.run.cell, name)]
        total: Array = np.sum(shares, axis=0)
        return total if is_matrix(name) else total.sum(-1)

    def internal(self, name: str) -> Array:
        """The gradient of a value, feature-major."""
        plan = self.run.memory.plan
        if name in plan.gradients and not name.endswith("_prev"):
            return self.run.memory.array(plan.gradients[name])
        if name not in self._found:
            shares = [self._pulled(step, slot) for step, slot in uses(self.run.cell, name)]
            given = self._given.get(name)
            start = np.zeros_like(self.run.internal(name)) if given is None else given
            self._found[name] = sum(shares, start=start)
        return self._found[name]

    def _pulled(self, step: Step, slot: int) -> Array:
        """What one use of an operand contributes to its gradient, over the whole sequence."""
        pull, run = BACKWARD[step.op][slot], self.run
        sources = {
            "gradient": lambda: self._passed(step.name),
            "slope": lambda: SLOPE[step.op](run.internal(step.name)),
            "first": lambda: run.internal(step.args[0]),
            "second": lambda: run.internal(step.args[1]),
        }
        with np.errstate(all="ignore"):
            return pull.rule(*(sources[s]() for s in pull.sources))

    def _passed(self, name: str) -> Array:
        """What passes below a value: nothing where it is held."""
        gradient, memory = self.internal(name), self.run.memory
        if name not in memory.plan.held:
            return gradient
        return np.where(memory.buffers[f"mask {name}"], 0.0, gradient)


def checked_gradients(run: CellRun, given: Arrays) -> dict[str, Array]:
    """Gradients that come from outside, feature-major."""
    checked: dict[str, Array] = {}
    for name, gradient in given.items():
        if name not in run.cell.names:
            raise KeyError(unknown(name, run.cell.names))
        array, wanted = np.asarray(gradient, run.memory.shape.dtype), run.value(name).shape
        if array.shape != wanted:
            raise ValueError(f"the gradient of `{name}` has shape {array.shape}, not {wanted}")
        checked[name] = array.swapaxes(-1, -2)
    return checked


def summed_outer(gradient: Array, vector: Array) -> Array:
    """The gradient of a matrix: products of gradient and vector, summed over time and batch.

    Some time steps at once, so that the products fit into fast memory. Where the items are few,
    those of these steps are laid end to end and multiplied together.
    """
    vector = np.broadcast_to(vector, (*gradient.shape[:-2], *vector.shape[-2:]))
    size, batch = vector.shape[-2:]
    parts = (slice(k, k + STEPS_AT_ONCE) for k in range(0, len(vector), STEPS_AT_ONCE))
    if 8 * batch <= size:
        shares = (outer_product(_end_to_end(gradient[p]), _end_to_end(vector[p])) for p in parts)
    else:
        shares = (outer_product(gradient[p], vector[p]).sum(0) for p in parts)
    return sum(shares, start=np.zeros((), gradient.dtype))


def _end_to_end(array: Array) -> Array:
    """(time, …, size, batch) → (…, size, time · batch)."""
    ahead = np.moveaxis(array, 0, -2)
    return ahead.reshape(*ahead.shape[:-2], -1)


def uses(cell: Cell, name: str) -> list[tuple[Step, int]]:
    """Every place where a value or parameter is an operand."""
    return [(s, slot) for s in cell.steps for slot, arg in enumerate(s.args) if arg == name]
