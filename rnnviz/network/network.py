"""A network: layers of cells, in one direction or both, and a readout (`trace` runs it)."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from rnnviz.network import initial as initial_values
from rnnviz.network.initial import Initial
from rnnviz.network.layers import (
    Array,
    Layer,
    Params,
    Readout,
    ReadoutKind,
    check_shape,
    refuse_unknown,
    shapes,
)
from rnnviz.representation import Cell

if TYPE_CHECKING:
    import torch

__all__ = ["Layer", "Network", "Readout"]


@dataclass(frozen=True, eq=False)
class Network:
    """Layers from the input up, and a readout of the last one.

    notes: sentences about what was left out when it was taken from elsewhere.

    Raises:
        ValueError: sizes of neighbours do not fit.
    """

    layers: tuple[Layer, ...]
    readout: Readout | None = None
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "layers", tuple(self.layers))
        if not self.layers:
            raise ValueError("a network has at least one layer")
        for k in range(1, len(self.layers)):
            below, above = self.layers[k - 1].outputs, self.layers[k].inputs
            if below != above:
                raise ValueError(
                    f"layer {k} reads {above} numbers, but layer {k - 1} hands up {below}"
                )
        if self.readout:
            shape = (self.readout.outputs, self.features)
            check_shape("readout.W", self.readout.W, shape)

    @staticmethod
    def fresh(
        cell: Cell,
        *,
        inputs: int,
        hidden: int,
        outputs: int = 0,
        layers: int = 1,
        bidirectional: bool = False,
        seed: int = 0,
        initial: Initial | None = None,
        kind: ReadoutKind = "linear",
    ) -> "Network":
        """A network with initial values (see `initial`), float64. `outputs=0`: no readout.

        Each layer, each direction and the readout draw from streams of their own: with one seed,
        another layer on top leaves those below as they were.
        """
        if layers < 1:
            raise ValueError(f"a network has at least one layer, not {layers}")
        root = np.random.SeedSequence(seed)
        of_readout, *of_layers = root.spawn(1 + layers)
        built: list[Layer] = []
        for stream in of_layers:
            below = built[-1].outputs if built else inputs
            forward, *backward = (
                initial_values.draw(cell, below, hidden, np.random.default_rng(s), initial)
                for s in stream.spawn(1 + bidirectional)
            )
            built.append(Layer(cell, forward, next(iter(backward), None), below, hidden))
        generator = np.random.default_rng(of_readout)
        weights = initial_values.draw_linear(built[-1].outputs, outputs, generator)
        return Network(tuple(built), Readout(*weights, kind) if outputs else None)

    @staticmethod
    def count(
        cell: Cell,
        *,
        inputs: int,
        hidden: int,
        outputs: int = 0,
        layers: int = 1,
        bidirectional: bool = False,
    ) -> int:
        """How many numbers a `fresh` network of these sizes has to learn."""
        features = hidden * (1 + bidirectional)
        total = outputs * (features + 1)
        for below in (inputs, *[features] * (layers - 1)):
            one = sum(math.prod(shape) for shape in shapes(cell, below, hidden).values())
            total += one * (1 + bidirectional)
        return total

    @staticmethod
    def from_torch(
        module: "torch.nn.Module", readout: "torch.nn.Linear | None" = None
    ) -> "Network":
        """A copy of a torch.nn.RNN, LSTM or GRU (see `interop.from_torch`)."""
        from rnnviz.interop.modules import from_torch

        return from_torch(module, readout)

    def to_torch(self) -> "torch.nn.Module":
        """The same network as a torch module (see `interop.to_torch`)."""
        from rnnviz.interop.modules import to_torch

        return to_torch(self)

    @property
    def inputs(self) -> int:
        """How many numbers it reads at each step."""
        return self.layers[0].inputs

    @property
    def hidden(self) -> int:
        """Units of the last layer, in one direction."""
        return self.layers[-1].hidden

    @property
    def features(self) -> int:
        """Numbers of the last layer's output at each step: hidden, or 2 × hidden."""
        return self.layers[-1].outputs

    @property
    def outputs(self) -> int:
        """How many numbers the readout predicts at each step; 0 without a readout."""
        return self.readout.outputs if self.readout else 0

    @property
    def dtype(self) -> np.dtype[np.floating]:
        """float32 if all parameters are, else float64."""
        single = all(array.dtype == np.float32 for array in self.parameters.values())
        return np.dtype(np.float32 if single and self.parameters else np.float64)

    @property
    def parameters(self) -> dict[str, Array]:
        """Full name → array: "layers.0.W_i", "layers.0.reverse.W_i", "readout.W", "readout.b"."""
        named = {
            place + name: params[name]
            for place, layer, params in self.places()
            for name in layer.cell.parameters
        }
        if self.readout:
            named |= {"readout.W": self.readout.W, "readout.b": self.readout.b}
        return named

    def places(self) -> Iterator[tuple[str, Layer, Params]]:
        """("layers.0.", layer, its parameters forward), ("layers.0.reverse.", …), … as executed."""
        for k, layer in enumerate(self.layers):
            for params, way in zip(layer.directions, ("", "reverse."), strict=False):
                yield f"layers.{k}.{way}", layer, params

    def replace(self, parameters: Params) -> "Network":
        """The network with other arrays for the full names given; the rest stays.

        Raises:
            ValueError: a name is unknown, or a shape is not what it was.
        """
        known = self.parameters
        refuse_unknown(parameters, known, "parameter")
        for name in parameters:
            check_shape(name, np.asarray(parameters[name]), known[name].shape)
        new = {**known, **parameters}
        layers = [
            replace(
                layer,
                params=_below(f"layers.{k}.", new),
                reverse=None if layer.reverse is None else _below(f"layers.{k}.reverse.", new),
            )
            for k, layer in enumerate(self.layers)
        ]
        readout = self.readout and replace(self.readout, W=new["readout.W"], b=new["readout.b"])
        return replace(self, layers=tuple(layers), readout=readout)


def _below(prefix: str, parameters: Params) -> dict[str, Array]:
    """The parameters of one layer and direction, by their short names."""
    return {
        name.removeprefix(prefix): array
        for name, array in parameters.items()
        if name.startswith(prefix) and "." not in name.removeprefix(prefix)
    }
