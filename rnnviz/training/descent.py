"""Training from weights set by hand, on a few sequences: gradient descent, and beside it a random
search with as many evaluations, so that one sees what the gradient buys.

Both are values, as a run is: `advanced` gives another one. torch is imported inside the call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from rnnviz.cells import NamedCell
from rnnviz.network.arrays import Array, Params
from rnnviz.network.network import Network
from rnnviz.recording import trace

if TYPE_CHECKING:
    import torch

RATE = 0.05
STEP = 0.2
"""How far a try of the random search goes from the best so far: a standard deviation, in every
weight."""


@dataclass(frozen=True, eq=False)
class Aim:
    """What is wanted of a network of one layer of a cell.

    x: (time, sequences, inputs). wanted, counts: (time, sequences); of: which value of the first
    unit is to be that where it counts; "y" is the readout's first output.
    """

    x: Array
    wanted: Array
    counts: Array
    of: str
    cell: NamedCell
    hidden: int

    def network(self, weights: Params) -> Network:
        """The network with these weights, by their full names."""
        inputs = self.x.shape[-1]
        return Network.assembled(self.cell.cell, weights, inputs=inputs, hidden=self.hidden)


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
    """Before the first update. seed: of the random search."""
    state = np.random.default_rng(seed).bit_generator.state
    weights = {name: np.array(array, float) for name, array in network.parameters.items()}
    return Descent(aim, weights, weights, generator=state)


def advanced(descent: Descent, updates: int) -> Descent:
    """So many updates further, and as many tries."""
    for _ in range(updates):
        descent = _tried(_updated(descent))
    return descent


def loss_of(aim: Aim, weights: Params) -> float:
    """The mean square of what is missing, over all steps that count."""
    recording = trace(aim.network(weights), aim.x)
    values = recording.prediction if aim.of == "y" else recording[aim.of]
    if values is None:
        raise ValueError("there is no readout, whose output y is wanted")
    with np.errstate(all="ignore"):
        return float(np.square((values[..., 0] - aim.wanted)[aim.counts]).mean())


def _updated(descent: Descent) -> Descent:
    """One step of Adam. Where the gradient is not finite, nothing moves."""
    import torch

    from rnnviz.training.flat import Flat
    from rnnviz.training.knobs import Knobs
    from rnnviz.training.optimizers import OPTIMIZERS

    aim, flat = descent.aim, Flat(descent.weights, float)
    leaves = {name: torch.from_numpy(a).requires_grad_() for name, a in flat.named.items()}
    losses = descent.losses or (loss_of(aim, descent.weights),)
    _loss(aim, leaves).backward()  # type: ignore[no-untyped-call]
    for name, leaf in leaves.items():
        if leaf.grad is not None:
            flat.pulled[name][...] = leaf.grad.numpy()
    if not np.isfinite(flat.gradients).all():
        return replace(descent, update=descent.update + 1, losses=(*losses, losses[-1]))
    kept = {name: torch.from_numpy(np.array(a)) for name, a in descent.optimizer_state.items()}
    with torch.no_grad():
        theta, gradient = torch.from_numpy(flat.values), torch.from_numpy(flat.gradients)
        OPTIMIZERS["adam"](theta, gradient, kept, RATE, Knobs())
    moved = flat.copies()
    return replace(
        descent,
        weights=moved,
        update=descent.update + 1,
        losses=(*losses, loss_of(aim, moved)),
        optimizer_state={name: value.numpy().copy() for name, value in kept.items()},
    )


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


def _loss(aim: Aim, leaves: "Mapping[str, torch.Tensor]") -> "torch.Tensor":
    import torch

    from rnnviz.interop.autograd import values_of

    values = values_of(aim.cell.cell, aim.hidden, leaves, aim.x)
    missing = values[aim.of][..., 0] - torch.from_numpy(np.ascontiguousarray(aim.wanted))
    counts = torch.from_numpy(np.ascontiguousarray(aim.counts))
    return missing[counts].square().mean()
