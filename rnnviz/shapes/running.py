"""A network over sequences of different lengths, each at its own: forward, and back through it.

Those of one length are run together. What a sequence does not read is NaN in what is recorded and 0
in what is a gradient.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
from rnnviz.network.propagation import Direction, Propagation, propagate


@dataclass(frozen=True, eq=False)
class Batch:
    """Sequences of one length: their places in the whole batch, and what happened to them."""

    places: Sequence[int]
    run: Propagation


@dataclass(frozen=True, eq=False)
class Backward:
    """x: (time, batch, inputs), dL/d(what was read). start: full name of a state → (batch, hidden),
    dL/d(what it was before the first step)."""

    x: Array
    start: Mapping[str, Array]


@dataclass(frozen=True, eq=False)
class Run:
    """What happened. steps: how many each sequence reads. batches: the sequences by length."""

    network: Network
    x: Array
    steps: tuple[int, ...]
    batches: tuple[Batch, ...]

    def values(self, state: str) -> Array:
        """(layers, directions, time, batch, hidden): a state of every layer, at the time step of
        the sequence; NaN beyond a sequence's end."""
        layers = self.network.layers
        shape = (len(layers), len(layers[0].directions), *self.x.shape[:2], self.network.hidden)
        found = np.full(shape, np.nan)
        for batch in self.batches:
            for where, run in batch.run.directions.items():
                value = run.value(state)
                found[where.layer, int(where.reverse), : len(value), batch.places] = value.swapaxes(
                    0, 1
                )
        return found

    @cached_property
    def final(self) -> Mapping[str, Array]:
        """Full name of a state → (batch, hidden), after the last step that each sequence took."""
        found = {name: np.empty((len(self.steps), self.network.hidden)) for name in self._names}
        for batch in self.batches:
            for where, run in batch.run.directions.items():
                for state in run.cell.states:
                    last = 0 if where.reverse else -1
                    found[where.prefix + state][batch.places] = run.value(state)[last]
        return found

    def backward(self, doutput: Array | None = None, final: Mapping[str, Array] = {}) -> Backward:
        """The gradients of an L.

        Args:
            doutput: dL/d(output) where it is read, (time, batch, features); zeros where not given.
            final: full name of a state → dL/d(its last value), (batch, hidden).
        """
        dx, start = np.zeros_like(self.x), {n: np.zeros_like(a) for n, a in self.final.items()}
        features = (*self.x.shape[:2], self.network.features)
        given = np.zeros(features) if doutput is None else doutput
        for batch in self.batches:
            time = len(batch.run.x)
            ours = {name: array[batch.places] for name, array in final.items()}
            part, before = _back(batch.run, given[:time, batch.places], ours)
            dx[:time, batch.places] = part
            for name, array in before.items():
                start[name][batch.places] = array
        return Backward(dx, start)

    @property
    def _names(self) -> Iterator[str]:
        for prefix, layer, _ in self.network.places():
            yield from (prefix + state for state in layer.cell.states)


def run(
    network: Network, x: Array, steps: Sequence[int], start: Mapping[str, Array] | None = None
) -> Run:
    """Read each sequence of x (time, batch, inputs) for so many steps.

    start: full name of a state → (batch, hidden) before the first step; zeros where not given.
    """
    batches = []
    for length in sorted(set(steps)):
        places = [b for b, own in enumerate(steps) if own == length]
        given = {name: array[places] for name, array in (start or {}).items()}
        batches.append(Batch(places, propagate(network, x[:length, places], initial=given)))
    return Run(network, x, tuple(steps), tuple(batches))


def _back(
    run: Propagation, doutput: Array, final: Mapping[str, Array]
) -> tuple[Array, dict[str, Array]]:
    """dL/dx and dL/d(initial states) of sequences of one length."""
    given, start = doutput, dict[str, Array]()
    for layer in reversed(range(len(run.network.layers))):
        shares = np.split(given, len(run.network.layers[layer].directions), axis=-1)
        below: list[Array] = []
        for reverse, share in zip((False, True), shares, strict=False):
            where = Direction(layer, reverse)
            record = run.directions[where].whole
            arriving = {s: np.zeros_like(record.value(s)) for s in record.cell.states}
            arriving["h"] += share[::-1] if reverse else share
            for state in record.cell.states:
                arriving[state][-1] += final.get(where.prefix + state, 0.0)
            gradients = record.backward(others=arriving)
            below.append(gradients.value("x")[:: -1 if reverse else 1])
            start |= {where.prefix + s: g for s, g in gradients.initial.items()}
        given = sum(below[1:], start=below[0])
    return given, start
