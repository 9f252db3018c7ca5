"""Training from weights set by hand, on a few sequences: gradient descent, and beside it a random
search with as many evaluations, so that one sees what the gradient buys.

Both are values, as a run is: `advanced` gives another one. Loss and gradient are the engine's, the
step is torch's Adam, which is imported inside the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from rnnviz.cells import NamedCell
from rnnviz.network.architecture import Architecture
from rnnviz.network.arrays import Array, Params
from rnnviz.network.network import Network
from rnnviz.recording import Recording, trace

RATE = 0.05
STEP = 0.2
"""How far a try of the random search goes from the best so far: a standard deviation, in every
weight."""


@dataclass(frozen=True, eq=False)
class Aim:
    """What is wanted of a network of one layer of a cell.

    x: (time, sequences, inputs). wanted, counts: (time, sequences); of: which value of the first
    unit is to be that where it counts; "y" is the readout's first output. initial: full name of a
    state → (hidden,), where every sequence starts; zeros where not given. It is not trained.
    """

    x: Array
    wanted: Array
    counts: Array
    of: str
    cell: NamedCell
    hidden: int
    initial: Mapping[str, Array] = field(default_factory=dict)

    def network(self, weights: Params) -> Network:
        """The network with these weights, by their full names."""
        built = Architecture(self.x.shape[-1], self.hidden)
        found = Network.assembled(self.cell.cell, weights, built)
        return replace(found, initial=self.initial)


@dataclass(frozen=True, eq=False)
class Descent:
    """A network after `update` updates by Adam, and the best that as many random tries found.

    losses: (1 + update), the mean square of what is missing, before the first update and after
    each. searched: the same of the best of the tries so far. weights, best: full name → array, of
    the network trained and of the best try.
    """

    aim: Aim
    weights: Mapping[str, Array]
    best: Mapping[str, Array]
    update: int = 0
    losses: tuple[float, ...] = ()
    searched: tuple[float, ...] = ()
    optimizer_state: Mapping[str, Any] = field(default_factory=dict)
    generator: Mapping[str, Any] = field(default_factory=dict)


def begin(aim: Aim, network: Network, seed: int = 0) -> Descent:
    """Before the first update; every sequence starts at the network's initial states, whatever the
    aim had. seed: of the random search."""
    aim = replace(aim, initial=dict(network.initial))
    state = np.random.default_rng(seed).bit_generator.state
    weights = {name: np.array(array, float) for name, array in network.parameters.items()}
    return Descent(aim, weights, weights, generator=state)


def advanced(descent: Descent, updates: int) -> Descent:
    """So many updates further, and as many tries."""
    judged = _Judged.of(descent.aim, descent.weights)
    for _ in range(updates):
        descent, judged = _updated(descent, judged)
        descent = _tried(descent)
    return descent


def loss_of(aim: Aim, weights: Params) -> float:
    """The mean square of what is missing, over all steps that count."""
    return _Judged.of(aim, weights).loss


@dataclass(frozen=True, eq=False)
class _Judged:
    """A run of a network, and what its aim says of it: forward once, backward if it is asked."""

    aim: Aim
    recording: Recording

    @staticmethod
    def of(aim: Aim, weights: Params) -> "_Judged":
        return _Judged(aim, trace(aim.network(weights), aim.x))

    @cached_property
    def _missing(self) -> Array:
        """(time, sequences): how far the value is from what is wanted, where it counts, else 0."""
        aim, recording = self.aim, self.recording
        values = recording.prediction if aim.of == "y" else recording[aim.of]
        if values is None:
            raise ValueError("there is no readout, whose output y is wanted")
        with np.errstate(all="ignore"):
            return np.where(aim.counts, values[..., 0] - aim.wanted, 0.0)

    @cached_property
    def loss(self) -> float:
        with np.errstate(all="ignore"):
            return float(np.square(self._missing[self.aim.counts]).mean())

    @cached_property
    def gradient(self) -> dict[str, Array]:
        """Full name → dL/d(parameter), of those that L depends on."""
        aim, run = self.aim, self.recording.layer(0).run
        with np.errstate(all="ignore"):
            pull = self._missing * (2.0 / aim.counts.sum())
            if aim.of == "y":
                given = self._first(pull, self.recording.network.outputs)
                return dict(self.recording.backward(dprediction=given).parameters)
            found = run.backward(others={aim.of: self._first(pull, aim.hidden)}).params
        return {f"layers.0.{name}": array for name, array in found.items()}

    @staticmethod
    def _first(pull: Array, size: int) -> Array:
        """What pulls at the first of so many units, as a gradient of all of them."""
        whole = np.zeros((*pull.shape, size))
        whole[..., 0] = pull
        return whole


def _updated(descent: Descent, judged: _Judged) -> tuple[Descent, _Judged]:
    """One step of Adam. Where the gradient is not finite, nothing moves."""
    import torch

    from rnnviz.training.knobs.knobs import Knobs
    from rnnviz.training.loop.flat import Flat
    from rnnviz.training.loop.optimizers import OPTIMIZERS

    flat = Flat(descent.weights, float)
    losses = descent.losses or (judged.loss,)
    for name, gradient in judged.gradient.items():
        flat.pulled[name][...] = gradient
    if not np.isfinite(flat.gradients).all():
        stays = replace(descent, update=descent.update + 1, losses=(*losses, losses[-1]))
        return stays, judged
    kept = {name: torch.from_numpy(np.array(a)) for name, a in descent.optimizer_state.items()}
    with torch.no_grad():
        theta, gradients = torch.from_numpy(flat.values), torch.from_numpy(flat.gradients)
        OPTIMIZERS["adam"](theta, gradients, kept, RATE, Knobs())
    moved = flat.copies()
    judged = _Judged.of(descent.aim, moved)
    return replace(
        descent,
        weights=moved,
        update=descent.update + 1,
        losses=(*losses, judged.loss),
        optimizer_state={name: value.numpy().copy() for name, value in kept.items()},
    ), judged


def _tried(descent: Descent) -> Descent:
    """One try of the random search: a step from the best so far, taken if it is better."""
    rng = np.random.default_rng()
    rng.bit_generator.state = descent.generator
    searched = descent.searched or descent.losses[:1]
    there = {n: a + rng.normal(0.0, STEP, a.shape) for n, a in descent.best.items()}
    loss = loss_of(descent.aim, there)
    is_better = loss < searched[-1]
    return replace(
        descent,
        best=there if is_better else descent.best,
        searched=(*searched, loss if is_better else searched[-1]),
        generator=rng.bit_generator.state,
    )
