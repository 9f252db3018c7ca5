"""A network over sequences of different lengths, and back from its outputs and last states.

What a sequence does not read is NaN in what is recorded and 0 in what is a gradient.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.lengths import padded_with, turned, without_padding
from rnnviz.network.network import Network
from rnnviz.network.propagation import Direction, Propagation, propagate


@dataclass(frozen=True, eq=False)
class Backward:
    """x: (time, batch, inputs), dL/d(what was read). start: full name of a state → (batch, hidden),
    dL/d(what it was before the first step)."""

    x: Array
    start: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Run:
    """What happened. steps: how many each sequence reads."""

    propagation: Propagation
    steps: tuple[int, ...]

    @property
    def network(self) -> Network:
        return self.propagation.network

    @property
    def x(self) -> Array:
        """(time, batch, inputs): the sequences, padding included."""
        return self.propagation.x

    def values(self, state: str) -> Array:
        """(layers, directions, time, batch, hidden): a state of every layer, at the time step of
        the sequence; NaN beyond a sequence's end."""
        ways = len(self.network.layers[0].directions)
        found = [
            padded_with(np.nan, run.value(state), np.array(self.steps))
            for run in self.propagation.directions.values()
        ]
        return np.array(found).reshape(-1, ways, *found[0].shape)

    @cached_property
    def final(self) -> Mapping[str, Array]:
        """Full name of a state → (batch, hidden), after the last step that each sequence took."""
        return {
            where.prefix + state: run.whole.value(state)[-1]
            for where, run in self.propagation.directions.items()
            for state in run.cell.states
        }

    def backward(
        self, doutput: Array | None = None, final: Mapping[str, Array] | None = None
    ) -> Backward:
        """The gradients of an L.

        Args:
            doutput: dL/d(output) where it is read, (time, batch, features); zeros where not given.
            final: full name of a state → dL/d(its last value), (batch, hidden); zeros likewise.
        """
        start: dict[str, Array] = {}
        given = np.zeros_like(self.propagation.output) if doutput is None else doutput
        for layer in reversed(range(len(self.network.layers))):
            shares = np.split(given, len(self.network.layers[layer].directions), axis=-1)
            below = [
                self._back(Direction(layer, bool(reverse)), share, final or {}, start)
                for reverse, share in enumerate(shares)
            ]
            given = sum(below[1:], start=below[0])
        return Backward(given, start)

    def _back(
        self, where: Direction, doutput: Array, final: Mapping[str, Array], start: dict[str, Array]
    ) -> Array:
        """dL/d(what a direction reads); dL/d(its states before the first step) goes to `start`."""
        run, lengths = self.propagation.directions[where], self.propagation.lengths
        record, share = run.whole, without_padding(doutput, lengths)
        arriving = {state: np.zeros_like(record.value(state)) for state in run.cell.states}
        arriving["h"] += turned(share, lengths) if where.reverse else share
        for state, array in arriving.items():
            array[-1] += final.get(where.prefix + state, 0.0)
        gradients = record.backward(others=arriving)
        start |= {where.prefix + state: array for state, array in gradients.initial.items()}
        return run.in_time([gradients.value("x")])


def run(
    network: Network, x: Array, steps: Sequence[int], start: Mapping[str, Array] | None = None
) -> Run:
    """Read each sequence of x (time, batch, inputs) for so many steps.

    start: full name of a state → (batch, hidden) before the first step; zeros where not given.
    """
    lengths = None if min(steps) == len(x) else np.array(steps)
    done = propagate(network, x, initial=start or {}, lengths=lengths)
    return Run(done, tuple(steps))
