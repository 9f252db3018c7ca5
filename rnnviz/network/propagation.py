"""A sequence through all layers of a network, and the gradient back down through them.

Arrays are (time, batch, size). A layer's reverse direction reads the sequence from its end: its
`CellRun` counts steps in the order it takes them, while what is handed up, and the gradient handed
down, stand at the time steps of the sequence.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np

from rnnviz.engine.cell_run import CellGradients, CellRun, Workspace, forward
from rnnviz.engine.checks import Hold
from rnnviz.network.layers import Array
from rnnviz.network.losses import chosen_steps
from rnnviz.network.network import Network


class Place(NamedTuple):
    """A layer (from 0) and one of its directions."""

    layer: int
    reverse: bool = False

    @property
    def prefix(self) -> str:
        """The beginning of its parameters' full names."""
        return f"layers.{self.layer}.{'reverse.' if self.reverse else ''}"


class Workspaces(defaultdict[Place, Workspace]):
    """Arrays of every layer and direction, kept for the next run (see `engine.Workspace`)."""

    def __init__(self) -> None:
        super().__init__(Workspace)


@dataclass(frozen=True, eq=False)
class Propagation:
    """What happened: the runs of all cells, and what each layer handed up.

    outputs: for each layer (time, batch, hidden or 2 × hidden). prediction: (time, batch, outputs),
    before the softmax, or None without a readout.
    """

    network: Network
    x: Array
    runs: Mapping[Place, CellRun]
    outputs: tuple[Array, ...]
    prediction: Array | None

    @property
    def output(self) -> Array:
        return self.outputs[-1]

    def place(self, layer: int, *, reverse: bool = False) -> Place:
        """A layer, −1 being the last, and a direction. ValueError where there is none such."""
        return place_in(self.network, layer, reverse=reverse)

    def backward(
        self, doutput: Array | None = None, dprediction: Array | None = None
    ) -> "Gradients":
        """The gradients of an L of which dL/d(output) or dL/d(prediction), or both, are given."""
        given = np.zeros_like(self.output) if doutput is None else doutput
        of_readout: dict[str, Array] = {}
        if dprediction is not None and self.network.readout:
            of_readout = {
                "readout.W": np.tensordot(dprediction, self.output, axes=((0, 1), (0, 1))),
                "readout.b": dprediction.sum(axis=(0, 1)),
            }
            given = given + _product(self.network.readout.W.T, dprediction)
        cells: dict[Place, CellGradients] = {}
        for k in reversed(range(len(self.network.layers))):
            given = self._layer_backward(k, given, cells)
        return Gradients(self, cells, given, of_readout)

    def _layer_backward(self, k: int, given: Array, cells: dict[Place, CellGradients]) -> Array:
        """Fills in the cells' gradients of a layer; returns dL/d(what the layer read)."""
        hidden = self.network.layers[k].hidden
        forwards = cells[Place(k)] = self.runs[Place(k)].backward(given[..., :hidden])
        backwards = self.runs.get(Place(k, reverse=True))
        if backwards is None:
            return forwards.x
        cells[Place(k, reverse=True)] = gradients = backwards.backward(given[::-1, :, hidden:])
        return forwards.x + gradients.x[::-1]


@dataclass(frozen=True, eq=False)
class Gradients:
    """dL/d everything: of each cell, of the sequence `x` (time, batch, inputs), of the readout."""

    of: Propagation
    cells: Mapping[Place, CellGradients]
    x: Array
    readout: Mapping[str, Array]

    @cached_property
    def parameters(self) -> dict[str, Array]:
        """Full name → gradient, for every parameter of the network, in its order."""
        network = self.of.network
        found: dict[str, Array] = {}
        for place, gradients in self.cells.items():
            names = network.layers[place.layer].cell.parameters
            found |= {place.prefix + name: gradients.params[name] for name in names}
        found |= self.readout
        return {
            name: found[name] if name in found else np.zeros_like(array)
            for name, array in network.parameters.items()
        }


def place_in(network: Network, layer: int, *, reverse: bool = False) -> Place:
    """A layer, −1 being the last, and a direction. ValueError where the network has none such."""
    layers = len(network.layers)
    if not -layers <= layer < layers:
        raise ValueError(f"there is no layer {layer}: the network has layers 0 to {layers - 1}")
    place = Place(layer % layers, reverse)
    if reverse and network.layers[place.layer].reverse is None:
        raise ValueError(f"layer {place.layer} has no reverse direction")
    return place


def propagate(
    network: Network,
    x: Array,
    *,
    initial: Mapping[str, Array] | None = None,
    holds: Iterable[Hold] = (),
    workspaces: Workspaces | None = None,
) -> Propagation:
    """Run a network over a batch of sequences.

    Args:
        x: (time, batch, inputs).
        initial: "layers.0.h", "layers.0.reverse.c", … → (batch, hidden); zeros where not given.
        holds: interventions; their steps are time steps of the sequence, in both directions.
        workspaces: arrays to write into; the record of their run before is then overwritten.
    """
    runs: dict[Place, CellRun] = {}
    outputs: list[Array] = []
    with_holds = tuple(holds)
    for k, layer in enumerate(network.layers):
        read = outputs[-1] if outputs else x
        handed_up = []
        for place, params in zip(
            (Place(k), Place(k, reverse=True)), layer.directions, strict=False
        ):
            starts = {s: place.prefix + s for s in layer.cell.states}
            run = runs[place] = forward(
                layer.cell,
                params,
                read[::-1] if place.reverse else read,
                initial={s: initial[n] for s, n in starts.items() if n in initial}
                if initial
                else {},
                holds=_holds_at(place, with_holds, len(network.layers), len(x)),
                workspace=None if workspaces is None else workspaces[place],
            )
            handed_up.append(run.value("h")[::-1] if place.reverse else run.value("h"))
        outputs.append(handed_up[0] if len(handed_up) == 1 else _side_by_side(handed_up))
    prediction = None
    if network.readout:
        prediction = _product(network.readout.W, outputs[-1]) + network.readout.b
    return Propagation(network, x, runs, tuple(outputs), prediction)


def _holds_at(place: Place, holds: Iterable[Hold], layers: int, time: int) -> list[Hold]:
    """The holds of one layer and direction, their steps in the order in which it takes them."""
    mine = [h for h in holds if Place(h.layer % layers, h.reverse) == place]
    if not place.reverse:
        return mine
    return [h if h.steps is None else replace(h, steps=_mirrored(h.steps, time)) for h in mine]


def _mirrored(steps: Iterable[int] | int, time: int) -> list[int]:
    chosen = chosen_steps([steps] if isinstance(steps, int) else steps, time)
    return [time - 1 - step for step in chosen]


def _side_by_side(arrays: list[Array]) -> Array:
    """Units of both directions, forward first; feature-major inside, as the engine has them."""
    return np.concatenate([a.swapaxes(1, 2) for a in arrays], axis=1).swapaxes(1, 2)


def _product(matrix: Array, vectors: Array) -> Array:
    """matrix @ each vector of (time, batch, size), feature-major inside."""
    product: Array = np.matmul(matrix, vectors.swapaxes(1, 2))
    return product.swapaxes(1, 2)
