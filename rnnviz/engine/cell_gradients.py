"""The gradients of a cell's run: of every value at every step, and of the parameters.

What the way back has kept is read where it lies; what it has not (the gradient of x, of a gate, of
parts of a sum, of parameters) follows from it and is computed when it is asked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rnnviz.engine.buffers import GradientBuffers
from rnnviz.engine.calls import Kind, Place, Use, Work
from rnnviz.engine.checks import unknown
from rnnviz.engine.record import Record
from rnnviz.engine.schedule import whole
from rnnviz.engine.sums import Block, Stack
from rnnviz.operations import Array
from rnnviz.operations.rules import outer_product
from rnnviz.representation import Step, is_matrix, is_parameter

STEPS_AT_ONCE = 16
LARGE = 2**14
"""Entries of a matrix of whose products, one for each of these steps, fast memory holds not all."""


@dataclass(frozen=True)
class CellGradients:
    """The total derivative of the loss with respect to every value at every step."""

    run: Record
    buffers: GradientBuffers
    _given: Mapping[str, Array] = field(repr=False)
    _found: dict[str, Array] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"{type(self).__name__} of {self.run!r}"

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
        before = {s: self.buffers.array(Place(s, kind=Kind.GRADIENT)) for s in self.run.cell.states}
        return {state: array[0].swapaxes(-1, -2) for state, array in before.items()}

    @cached_property
    def params(self) -> dict[str, Array]:
        """Parameter → its gradient, in the parameter's shape."""
        plan = self.buffers.plan
        shares: dict[str, list[Array]] = {name: [] for name in self.run.cell.parameters}
        for stack in plan.stacks:
            for name, share in self._of_stack(stack):
                shares[name].append(share)
        for name, step, slot in plan.outside_stacks:
            share = self._pulled(step, slot).sum(0)
            shares[name].append(share if is_matrix(name) else share.sum(-1))
        return {name: sum(found[1:], start=found[0]) for name, found in shares.items()}

    def _of_stack(self, stack: Stack) -> Iterator[tuple[str, Array]]:
        """Each parameter of a stack with its gradient: one product serves all its matrices."""
        hidden = self.buffers.shape.hidden
        gradient = self.buffers.array(whole(stack).beside(Kind.GRADIENT))
        for block in (stack.product, *stack.blocks):
            total = summed_outer(self._reaching(stack, block), self.run.internal(block.operand))
            for row, matrix in enumerate(block.matrices):
                yield matrix, total[..., row * hidden : (row + 1) * hidden, :]
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
        shares = [self._pulled(step, slot) for step, slot in self.run.cell.uses(name)]
        total: Array = np.sum(shares, axis=0)
        return total if is_matrix(name) else total.sum(-1)

    def internal(self, name: str) -> Array:
        """The gradient of a value, feature-major."""
        kept = None if name.endswith("_prev") else self.buffers.kept(name)
        if kept is not None:
            return kept
        if name not in self._found:
            self._found[name] = self._gathered(name)
        return self._found[name]

    def _gathered(self, name: str) -> Array:
        """What reaches a value from outside, through what it enters, and where it is carried."""
        plan, absent, state = self.buffers.plan, self.run.absent, name.removesuffix("_prev")
        shares = [self._given[name]] if name in self._given else []
        for stack in plan.stacks:
            shares += (self._through(stack, b) for b in stack.blocks if b.operand == name)
        for step, slot in self.run.cell.uses(name):
            if step.name not in plan.in_blocks:
                shares.append(self._pulled(step, slot))
        if absent is not None and name != state:
            shares.append(np.where(absent, self.internal(state), 0.0))
        if not shares:
            return np.zeros_like(self.run.internal(name))
        return sum(shares[1:], start=shares[0])

    def _through(self, stack: Stack, block: Block) -> Array:
        """What a block's matrices hand to what they multiply: one product serves them all."""
        turned = self.buffers.work[Work(Use.TRANSPOSED, block.name)]
        with np.errstate(all="ignore"):
            handed: Array = np.matmul(turned, self._reaching(stack, block))
        return handed

    def _reaching(self, stack: Stack, block: Block) -> Array:
        """The gradient of the sums that a block's matrices enter."""
        return self.buffers.array(Place(stack.name, block.start, block.stop, kind=Kind.GRADIENT))

    def _pulled(self, step: Step, slot: int) -> Array:
        """What one use of an operand contributes to its gradient, over the whole sequence."""
        with np.errstate(all="ignore"):
            return self.run.pulled(step, slot, self._passed(step.name))

    def _passed(self, name: str) -> Array:
        """What passes below a value: nothing where something else stands for it."""
        gradient, replaced = self.internal(name), self.run.replaced(name)
        return gradient if replaced is None else np.where(replaced, 0.0, gradient)


def summed_outer(gradient: Array, vector: Array) -> Array:
    """The gradient of a matrix: products of gradient and vector, summed over time and batch.

    Some time steps at once, so that the products fit into fast memory. Where the items are few, or
    the matrix is large, those of these steps are laid end to end and multiplied together.
    """
    vector = np.broadcast_to(vector, (*gradient.shape[:-2], *vector.shape[-2:]))
    rows, (size, batch) = gradient.shape[-2], vector.shape[-2:]
    parts = (slice(k, k + STEPS_AT_ONCE) for k in range(0, len(vector), STEPS_AT_ONCE))
    if 8 * batch <= size or rows * size >= LARGE:
        shares = (outer_product(_end_to_end(gradient[p]), _end_to_end(vector[p])) for p in parts)
    else:
        shares = (outer_product(gradient[p], vector[p]).sum(0) for p in parts)
    return sum(shares, start=np.zeros((), gradient.dtype))


def _end_to_end(array: Array) -> Array:
    """(time, …, size, batch) → (…, size, time · batch)."""
    ahead = np.moveaxis(array, 0, -2)
    return ahead.reshape(*ahead.shape[:-2], -1)
