"""A network, a sequence and a loss, measured: what every question of this package starts from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnviz.engine.cell_run import CellRun
from rnnviz.gradients.single import within_steps
from rnnviz.network.arrays import Array
from rnnviz.network.losses import Judged, Loss, chosen_steps
from rnnviz.network.network import Network
from rnnviz.network.propagation import Gradients, Place, Propagation, propagate


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


@dataclass(frozen=True, eq=False)
class Measured:
    """A run of a network, with L judged; `place` is the layer and direction that is looked at."""

    network: Network
    x: Array
    loss: Loss
    place: Place
    propagation: Propagation
    judged: Judged

    @property
    def run(self) -> CellRun:
        """The record of the layer that is looked at."""
        return self.propagation.runs[self.place]

    @property
    def loss_steps(self) -> list[int]:
        """The time steps of the sequence at which L is asked, from 0."""
        return chosen_steps(self.loss.steps, len(self.x))

    @property
    def start(self) -> int:
        """The step, as the layer reads, from which the gradient sets out: the last with a loss."""
        steps = self.loss_steps
        return len(self.x) - 1 - steps[0] if self.place.reverse else steps[-1]

    def backward(self, steps: Iterable[int] | None = None) -> Gradients:
        """The gradients of the part of L that is asked at these steps; None: of all of L.

        They lie in the arrays of the run: the next `backward` overwrites them.
        """
        given = self.judged.gradient
        if steps is not None:
            chosen = list(steps)
            given = np.zeros_like(given)
            given[chosen] = self.judged.gradient[chosen]
        with np.errstate(all="ignore"):
            if self.judged.of == "output":
                return self.propagation.backward(doutput=given)
            return self.propagation.backward(dprediction=given)

    @cached_property
    def parts(self) -> dict[str, Parts]:
        """State → its gradients."""
        direction = self.backward().directions[self.place]
        outside, found = direction.outside.copy(), direction.whole
        states = self.run.cell.states
        total = {s: found.value(s).copy() for s in states}
        before = {s: array.copy() for s, array in found.initial.items()}
        back = {s: _shifted(found.value(f"{s}_prev")) for s in states}
        local = within_steps(self.run, {"h": outside}, states)
        through = within_steps(self.run, back, states)
        return {s: Parts(total[s], local[s], through[s], before[s]) for s in states}


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
    return Measured(network, sequence, loss, run.place(layer, reverse=reverse), run, judged)


def _shifted(gradient: Array) -> Array:
    """What reaches a state through the step after it; nothing reaches the last one so."""
    return np.concatenate([gradient[1:], np.zeros_like(gradient[:1])])
