"""A network, a sequence and a loss, measured: what every question of this package starts from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from rnnviz.engine.cell_run import CellGradients, CellRun
from rnnviz.gradients.single import within_steps
from rnnviz.network.arrays import Array
from rnnviz.network.lengths import turned
from rnnviz.network.losses import Loss, chosen_steps
from rnnviz.network.network import Network
from rnnviz.network.propagation import Direction, Gradients, Propagation, propagate
from rnnviz.summary import summary


@dataclass(frozen=True, eq=False)
class Parts:
    """dL/d(state) at each step, (time, batch, hidden), in the order in which the layer reads.

    total: the total derivative. local: what reaches it within its own step, from the loss at that
    step or the layer above. through: what comes back through time; total = local + through.
    before: (batch, hidden), dL/d(state before the first step).
    """

    total: Array
    local: Array
    through: Array
    before: Array

    __repr__ = summary


@dataclass(frozen=True, eq=False)
class Measured:
    """All gradients of a run, what they came of, and the layer and direction that is looked at.

    given: dL/d(output) or dL/d(prediction), as `of` says, (time, batch, size).
    steps: the time steps of the sequence at which L is asked, from 0, in order: elsewhere `given`
        is zero.
    final: full name of a state → (batch, hidden), dL/d(its last value) besides; L is then asked at
        the last step too.
    """

    found: Gradients
    given: Array
    of: Literal["output", "prediction"]
    steps: tuple[int, ...]
    direction: Direction
    final: Mapping[str, Array] = field(default_factory=dict, kw_only=True)

    __repr__ = summary

    @property
    def network(self) -> Network:
        return self.found.of.network

    @property
    def x(self) -> Array:
        """(time, batch, inputs)."""
        return self.found.of.x

    @property
    def run(self) -> CellRun:
        """The record of the layer that is looked at."""
        return self.found.of.runs[self.direction]

    @property
    def cell(self) -> CellGradients:
        """The gradients of that layer."""
        return self.found.cells[self.direction]

    @property
    def start(self) -> int:
        """The step, as the layer reads, from which the gradient sets out: the last with a loss."""
        lengths, reverse = self.found.of.lengths, self.direction.reverse
        if self.final:
            return (len(self.x) if lengths is None else int(lengths.max())) - 1
        if reverse and lengths is not None:
            reached = turned(self.given, lengths).any((1, 2))
            return int(np.flatnonzero(reached).max(initial=0))
        return len(self.x) - 1 - self.steps[0] if self.direction.reverse else self.steps[-1]

    def backward(self, steps: Iterable[int]) -> Gradients:
        """The gradients of the part of L that is asked at these steps."""
        chosen, given = list(steps), np.zeros_like(self.given)
        given[chosen] = self.given[chosen]
        lengths = self.found.of.lengths
        ends = np.full(given.shape[1], len(given)) if lengths is None else lengths
        asked = np.isin(ends - 1, chosen)[:, None]
        final = {name: gradient * asked for name, gradient in self.final.items()}
        return backward(self.found.of, given, self.of, final)

    @cached_property
    def parts(self) -> dict[str, Parts]:
        """State → its gradients."""
        states, found, before = self.run.cell.states, self.cell, self.cell.initial
        outside = self.found.directions[self.direction].outside
        back = {s: _shifted(found.value(f"{s}_prev")) for s in states}
        local = within_steps(self.run, outside, states)
        through = within_steps(self.run, back, states)
        return {s: Parts(found.value(s), local[s], through[s], before[s]) for s in states}


def measure(
    network: Network, x: Array, loss: Loss, *, layer: int = -1, reverse: bool = False
) -> Measured:
    """Run a network over sequences and judge it.

    Args:
        x: (time, batch, inputs).
        layer, reverse: the layer (−1 is the last) and direction to look at.

    Raises:
        ValueError: there is no such layer or direction, or the loss does not fit.
    """
    sequence = np.asarray(x, float)
    with np.errstate(all="ignore"):
        run = propagate(network, sequence)
        judged = loss.judge(run.output, run.prediction)
    found = backward(run, judged.gradient, judged.of)
    steps = tuple(chosen_steps(loss.steps, len(sequence)))
    return Measured(found, judged.gradient, judged.of, steps, run.direction(layer, reverse=reverse))


def backward(
    run: Propagation,
    given: Array,
    of: Literal["output", "prediction"],
    final: Mapping[str, Array] | None = None,
) -> Gradients:
    """All gradients of an L of which dL/d(output) or dL/d(prediction) is given, and `final`."""
    with np.errstate(all="ignore"):
        return run.backward(**{f"d{of}": given}, final=final)


def _shifted(gradient: Array) -> Array:
    """What reaches a state through the step after it; nothing reaches the last one so."""
    return np.concatenate([gradient[1:], np.zeros_like(gradient[:1])])
