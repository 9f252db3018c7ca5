"""The parameters of a setup: their names and shapes, which rows are which gate, and the counts."""

import math
from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from rnnviz.cells import ABOUT
from rnnviz.cells.about import Part
from rnnviz.interop.pytorch.layout import GATES as TORCH_GATES
from rnnviz.shapes.setup import Setup
from rnnviz.shapes.tensors import Axis
from rnnviz.texts import N_

CELLS: Mapping[str, str] = MappingProxyType(
    {"RNN": "RNN (tanh)", "LSTM": "LSTM", "GRU": "GRU (PyTorch)"}
)
"""Module → the gallery's cell (of a plain RNN with ReLU it is another: see `cell_of`)."""


def cell_of(setup: Setup) -> str:
    """The gallery's name of its cell; a projection is left out of account."""
    if setup.kind == "RNN" and setup.nonlinearity == "relu":
        return "RNN (ReLU)"
    return CELLS[setup.kind]


class Rows(NamedTuple):
    """The rows from `start` up to `stop` belong to a gate ("i", …; "h" of a plain RNN).

    title: to be translated, what the gate is called. role: decides its colour, as everywhere.
    """

    gate: str
    title: str
    role: str
    start: int
    stop: int


class Parameter(NamedTuple):
    """A tensor of the state dict.

    module: "embedding", "rnn" or "linear". name: as the module's own state dict has it.
    layer (from 0), reverse: where it stands; None outside the rnn.
    rows: of each gate, from the top; none outside the rnn, and of a projection's.
    contents: to be translated, what it multiplies or is added to.
    """

    module: str
    name: str
    axes: tuple[Axis, ...]
    contents: str
    layer: int | None = None
    reverse: bool = False
    rows: tuple[Rows, ...] = ()

    @property
    def shape(self) -> tuple[int, ...]:
        return tuple(axis.size for axis in self.axes)

    @property
    def symbols(self) -> tuple[str, ...]:
        return tuple(axis.symbol for axis in self.axes)

    @property
    def entries(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


def gates_of(kind: str) -> tuple[str, ...]:
    """The gates of a module in the order of PyTorch's rows: i f g o; r z n; h."""
    return tuple(ending.removeprefix("_") or "h" for ending in TORCH_GATES[CELLS[kind]])


def part_of(kind: str, gate: str) -> Part:
    """What a gate is called and what it is for, as the gallery has it."""
    return ABOUT[CELLS[kind]].parts[gate]


def parameters(setup: Setup) -> tuple[Parameter, ...]:
    """All of them, in the order of the state dicts: Embedding, rnn, Linear."""
    found = [
        parameter
        for layer in range(setup.num_layers)
        for reverse in (False, True)[: setup.directions]
        for parameter in _of_layer(setup, layer, reverse=reverse)
    ]
    return (*_of_embedding(setup), *found, *_of_linear(setup))


def count(setup: Setup) -> int:
    """How many numbers there are to learn in the rnn alone, as PyTorch counts them."""
    return sum(one.entries for one in parameters(setup) if one.module == "rnn")


_OF: Mapping[str, str] = MappingProxyType(
    {
        "weight_ih": N_("multiplies what the layer reads"),
        "weight_hh": N_("multiplies h of the step before"),
        "bias_ih": N_("is added beside weight_ih"),
        "bias_hh": N_("is added beside weight_hh"),
        "weight_hr": N_("brings h down to the projection's size"),
    }
)


def _of_layer(setup: Setup, layer: int, *, reverse: bool) -> list[Parameter]:
    gates = gates_of(setup.kind)
    size, ending = setup.hidden_size, f"_l{layer}{'_reverse' if reverse else ''}"
    symbol = f"{len(gates)}·H_cell" if len(gates) > 1 else "H_cell"
    rows = Axis(symbol, len(gates) * size, N_("units, one block for each gate"))
    parts = [part_of(setup.kind, gate) for gate in gates]
    blocks = tuple(
        Rows(gate, part.title, part.role, k * size, (k + 1) * size)
        for k, (gate, part) in enumerate(zip(gates, parts, strict=True))
    )
    below = Axis("H_in", setup.input_size, N_("numbers read at each step"))
    if layer:
        reads = "D·H_out" if setup.bidirectional else "H_out"
        below = Axis(reads, setup.features, N_("output of the layer below"))
    before = Axis("H_out", setup.h_out, N_("h of the step before"))
    shapes: dict[str, tuple[Axis, ...]] = {"weight_ih": (rows, below), "weight_hh": (rows, before)}
    if setup.bias:
        shapes |= {"bias_ih": (rows,), "bias_hh": (rows,)}
    found = [
        Parameter("rnn", name + ending, axes, _OF[name], layer, reverse, blocks)
        for name, axes in shapes.items()
    ]
    if setup.proj_size:
        units = Axis("H_cell", size, N_("units"))
        axes = (Axis("H_out", setup.h_out, N_("numbers of h")), units)
        found.append(Parameter("rnn", "weight_hr" + ending, axes, _OF["weight_hr"], layer, reverse))
    return found


def _of_embedding(setup: Setup) -> list[Parameter]:
    if not setup.vocabulary:
        return []
    axes = (
        Axis("num_embeddings", setup.vocabulary, N_("tokens")),
        Axis("H_in", setup.input_size, N_("numbers of each token's vector")),
    )
    return [Parameter("embedding", "weight", axes, N_("a row for each token"))]


def _of_linear(setup: Setup) -> list[Parameter]:
    if not setup.outputs:
        return []
    given = Axis("out_features", setup.outputs, N_("numbers the Linear gives"))
    reads = Axis("D·H_out" if setup.bidirectional else "H_out", setup.features, N_("units"))
    return [
        Parameter("linear", "weight", (given, reads), N_("multiplies the output")),
        Parameter("linear", "bias", (given,), N_("is added")),
    ]
