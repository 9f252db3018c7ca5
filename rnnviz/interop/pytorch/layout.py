"""How PyTorch lays out the parameters of its recurrent layers, and ours. Plain arrays, no torch.

PyTorch stacks the gates of a layer in one matrix (`weight_ih_l0`, for W, and `weight_hh_l0`, for
U), and has two vectors of biases, `bias_ih_l0` and `bias_hh_l0`. They act only as their sum, except
in the GRU, whose candidate multiplies the second by the reset gate: `b_hn` there.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from rnnviz.cells import ABOUT, GALLERY, name_of
from rnnviz.interop.pytorch import projections
from rnnviz.network.arrays import Array
from rnnviz.network.layer_run import WAYS
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.representation import Cell

GATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "RNN (tanh)": ("",),
        "RNN (ReLU)": ("",),
        "LSTM": ("_i", "_f", "_g", "_o"),
        "GRU (PyTorch)": ("_r", "_z", "_n"),
    }
)
"""Gallery's name → the endings of our parameters' names, in PyTorch's order of rows."""

KEPT_APART: Mapping[str, Mapping[str, str]] = MappingProxyType({"GRU (PyTorch)": {"_n": "b_hn"}})
"""Gallery's name → gate → our name of its second bias."""


def layers_from(name: str, state: Mapping[str, Array]) -> tuple[Layer, ...]:
    """The layers of a module of this kind.

    Args:
        name: the gallery's name of the cell, a key of `GATES`.
        state: its state dict, "weight_ih_l0" and so on, complete and of the right shapes.
    """
    layers: list[Layer] = []
    while f"weight_ih_l{len(layers)}" in state:
        k = len(layers)
        both = f"weight_ih_l{k}_reverse" in state
        reverse = _from_torch(name, state, f"_l{k}_reverse") if both else None
        layers.append(Layer(GALLERY[name], _from_torch(name, state, f"_l{k}"), reverse))
    return tuple(layers)


class Block(NamedTuple):
    """Rows of one of PyTorch's arrays that are a parameter of ours: its full name, and whether
    each number changes its sign."""

    name: str
    negated: bool


def blocks_of(layers: tuple[Layer, ...]) -> tuple[str, dict[str, tuple[Block, ...]]]:
    """PyTorch's cell for these layers, and what stands in each array of its state dict, one below
    the other. A bias of ours that stands in two of them is the sum of both.

    Raises:
        ValueError: PyTorch has no such cell, or the layers differ in a way its modules cannot.
    """
    cells = {layer.cell for layer in layers}
    if len(cells) > 1:
        raise ValueError("a torch module has the same cell in all layers; these differ")
    if len({(layer.hidden, layer.reverse is None) for layer in layers}) > 1:
        raise ValueError("a torch module has as many units and directions in all layers")
    name, negated = _known(cells.pop())
    return name, {
        f"{array}_l{k}{ending}": tuple(Block(f"layers.{k}.{way}{n}", n in negated) for n in names)
        for k, layer in enumerate(layers)
        for _, ending, way in zip(layer.directions, ("", "_reverse"), WAYS, strict=False)
        for array, names in _stacked(name).items()
    }


def state_of(layers: tuple[Layer, ...]) -> tuple[str, dict[str, Array]]:
    """The inverse of `layers_from`: the cell's name and the state dict.

    Our one bias becomes `bias_ih`; `bias_hh` is zero where PyTorch only ever adds the two.

    Where h is projected it has its own numbers, as in PyTorch, and "weight_hr_l0" makes them.

    Raises:
        ValueError: as `blocks_of`.
    """
    if any(layer.projected for layer in layers):
        name, whole = state_of(projections.without(layers))
        return name, projections.gathered(whole, layers)
    name, arrays = blocks_of(layers)
    left = dict(Network(layers).parameters)
    state: dict[str, Array] = {}
    for array, blocks in arrays.items():
        rows = [-left[n] if negated else left[n] for n, negated in blocks]
        state[array] = np.concatenate(rows)
        left |= {n: np.zeros_like(left[n]) for n, _ in blocks}
    return name, state


def _known(cell: Cell) -> tuple[str, tuple[str, ...]]:
    """PyTorch's cell that computes the same, and the parameters to negate for it."""
    name = name_of(cell)
    if name in GATES:
        return str(name), ()
    counterpart = ABOUT[name].counterpart if name else None
    if counterpart and counterpart.name in GATES:
        return counterpart.name, counterpart.negated
    raise ValueError(f"PyTorch has no {name or 'such cell'}: it has {', '.join(GATES)}")


def _stacked(name: str) -> dict[str, tuple[str, ...]]:
    """PyTorch's array → our parameters, in the order of its rows."""
    gates, apart = GATES[name], KEPT_APART.get(name, {})
    return {
        "weight_ih": tuple(f"W{gate}" for gate in gates),
        "weight_hh": tuple(f"U{gate}" for gate in gates),
        "bias_ih": tuple(f"b{gate}" for gate in gates),
        "bias_hh": tuple(apart.get(gate, f"b{gate}") for gate in gates),
    }


def _from_torch(name: str, state: Mapping[str, Array], ending: str) -> dict[str, Array]:
    weight = state[f"weight_ih{ending}"]
    zero = np.zeros(len(weight), weight.dtype)
    params: dict[str, Array] = {}
    for array, names in _stacked(name).items():
        rows = np.split(state.get(f"{array}{ending}", zero), len(names))
        for own, block in zip(names, rows, strict=True):
            params[own] = params[own] + block if own in params else block.copy()
    return params
