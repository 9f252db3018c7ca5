"""Run a cell over a sequence, forward and backward, and keep every value and every gradient.

Outside, arrays are time-first: (time, batch, size); with several networks at once (time, networks,
batch, size). Inside they are feature-major, see `buffers`.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rnnviz.engine.buffers import Buffers, GradientBuffers, Program, Shape
from rnnviz.engine.calls import ABSENT, Kind, Place, Use, Work
from rnnviz.engine.cell_gradients import CellGradients
from rnnviz.engine.checks import (
    Arrays,
    Hold,
    Masks,
    checked_absent,
    checked_arrays,
    checked_initial,
    masks,
    unknown,
)
from rnnviz.engine.order import Mask, hold
from rnnviz.engine.record import Record
from rnnviz.engine.schedule import Schedule, schedule
from rnnviz.operations import OPERATIONS, Array
from rnnviz.representation import Cell

__all__ = ["CellGradients", "CellRun", "Hold", "Workspace", "forward", "forward_held"]


class Workspace:
    """Arrays kept for the next run of the same cell and shape, as a training loop needs.

    A run in a workspace overwrites the record of the run before it, and its gradients those that
    went back in the workspace before.
    """

    def __init__(self) -> None:
        self._kept: dict[tuple[Schedule, Shape], Buffers] = {}
        self._gradients: GradientBuffers | None = None

    def buffers(self, plan: Schedule, shape: Shape) -> Buffers:
        key = (plan, shape)
        if key not in self._kept:
            self._kept.clear()
            self._gradients = None
            self._kept[key] = Buffers(plan, shape)
        return self._kept[key]

    def gradients(self, of: Buffers, external: frozenset[str]) -> GradientBuffers:
        """For the way back through a run in these arrays."""
        kept = self._gradients
        if kept is None or (kept.of, kept.external) != (of, external):
            kept = self._gradients = GradientBuffers(of, external)
        return kept


def forward(
    cell: Cell,
    params: Arrays,
    x: npt.ArrayLike,
    *,
    initial: Arrays | None = None,
    holds: Iterable[Hold] = (),
    present: npt.ArrayLike | None = None,
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
        present: (time, batch), whether a sequence has this step; None: all have all. Where it has
            not, its states are carried on as they were, and the gradient that reaches them goes to
            the step before, so h[-1] is each sequence's last. Nothing else counts there, but it is
            computed: x must be finite.
        workspace: arrays to write into, see `Workspace`.

    Raises:
        ValueError: arrays that do not fit, or a hold of what the cell does not have.
    """
    *_, shape = checked_arrays(cell, params, x)
    held = masks(cell, holds, shape)
    return forward_held(
        cell, params, x, held, initial=initial, present=present, workspace=workspace
    )


def forward_held(
    cell: Cell,
    params: Arrays,
    x: npt.ArrayLike,
    held: Masks,
    *,
    initial: Arrays | None = None,
    present: npt.ArrayLike | None = None,
    workspace: Workspace | None = None,
) -> "CellRun":
    """`forward`, with the interventions as `checks.masks` gives them."""
    arrays, inputs, shape = checked_arrays(cell, params, x)
    absent = None if present is None else checked_absent(present, shape)
    plan = schedule(cell, frozenset(held), padded=absent is not None)
    buffers = workspace.buffers(plan, shape) if workspace else Buffers(plan, shape)
    done = CellRun(buffers, arrays, workspace)
    run(done, inputs, checked_initial(cell, initial or {}, shape), held, absent)
    return done


def run(
    done: "CellRun",
    x: Array,
    initial: Mapping[str, Array],
    held: Masks,
    absent: Mask | None,
) -> None:
    """Fill the record of a run, with everything checked. absent: (time, batch)."""
    buffers, plan = done.buffers, done.buffers.plan
    buffers.array(Place("x"))[...] = x.swapaxes(-1, -2)
    if absent is not None:
        there = buffers.array(ABSENT)
        there[...] = absent.reshape(there.shape)
    for state in plan.cell.states:
        buffers.array(Place(state))[0] = initial[state].swapaxes(-1, -2)
    for name, (values, where) in held.items():
        buffers.array(Place(name, kind=Kind.HELD_AT))[...] = values
        buffers.array(Place(name, kind=Kind.MASK))[...] = where
    for name, column in buffers.columns.items():
        column[...] = done.params[name][..., None]
    for block in (block for stack in plan.stacks for block in (stack.product, *stack.blocks)):
        stacked = buffers.work[Work(Use.MATRICES, block.name)]
        np.concatenate([done.params[m] for m in block.matrices], axis=-2, out=stacked)
    with np.errstate(all="ignore"):
        for step in plan.before:
            value = buffers.array(plan.places[step.name])
            OPERATIONS[step.op].forward(*map(done.internal, step.args), value)
            if step.name in held:
                hold(*held[step.name], value)
        for call in plan.ahead:
            buffers.at_once(call)
        _make(buffers.forward, iter)


def _make(program: Program, order: Callable[[list[Array]], Iterator[Array]]) -> None:
    """Make the calls of every step, one step after the other.

    order: `iter` to go forward, `reversed` to go back.
    """
    calls = (map(rule, *map(order, arrays)) for rule, arrays in program)
    for _ in zip(*calls, strict=True):  # which takes one of each in turn
        pass


@dataclass(frozen=True, repr=False)
class CellRun(Record):
    """The record of a cell read over a sequence, from which ways back start.

    Each has arrays of its own, unless the run was made in a workspace.
    """

    workspace: Workspace | None = None

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
        given = checked_gradients(self, {**({} if dh is None else {"h": dh}), **(others or {})})
        external = frozenset(self.buffers.plan.gradients.keys() & given)
        made = self.workspace.gradients if self.workspace else GradientBuffers
        buffers = made(self.buffers, external)
        for state in self.cell.states:
            buffers.by_kind[Kind.GRADIENT, state][[0, -1]] = 0.0
        for place in buffers.unwritten:
            buffers.array(place)[...] = 0.0
        elsewhere: dict[str, Array] = {}
        for name, gradient in given.items():
            if name in buffers.plan.gradients:
                buffers.array(buffers.plan.gradients[name])[...] = gradient
            else:
                elsewhere[name] = gradient
        with np.errstate(all="ignore"):
            for call in buffers.plan.slopes:
                buffers.at_once(call)
            _make(buffers.backward, reversed)
        return CellGradients(self, buffers, elsewhere)


def checked_gradients(run: CellRun, given: Arrays) -> dict[str, Array]:
    """Gradients that come from outside, feature-major."""
    checked: dict[str, Array] = {}
    for name, gradient in given.items():
        if name not in run.cell.names:
            raise KeyError(unknown(name, run.cell.names))
        array, wanted = np.asarray(gradient, run.buffers.shape.dtype), run.value(name).shape
        if array.shape != wanted:
            raise ValueError(f"the gradient of `{name}` has shape {array.shape}, not {wanted}")
        checked[name] = array.swapaxes(-1, -2)
    return checked
