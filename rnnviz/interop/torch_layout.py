"""How PyTorch lays out the parameters of its recurrent layers, and ours. Plain arrays, no torch.

PyTorch stacks the gates of a layer in one matrix (`weight_ih_l0`, for W, and `weight_hh_l0`, for
U), and has two vectors of biases, `bias_ih_l0` and `bias_hh_l0`. They act only as their sum, except
in the GRU, whose candidate multiplies the second by the reset gate: `b_hn` there.
"""

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np

from rnnviz.cells import ABOUT, GALLERY, name_of
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
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


def state_of(layers: tuple[Layer, ...]) -> tuple[str, dict[str, Array]]:
    """The inverse of `layers_from`: the cell's name and the state dict.

    Our one bias becomes `bias_ih`; `bias_hh` is zero where PyTorch only ever adds the two.

    Raises:
        ValueError: PyTorch has no such cell, or the layers differ in a way its modules cannot.
    """
    cells = {layer.cell for layer in layers}
    if len(cells) > 1:
        raise ValueError("a torch module has the same cell in all layers; these differ")
    if len({(layer.hidden, layer.reverse is None) for layer in layers}) > 1:
        raise ValueError("a torch module has as many units and directions in all layers")
    name, negated = _known(cells.pop())
    state: dict[str, Array] = {}
    for k, layer in enumerate(layers):
        for params, way in zip(layer.directions, ("", "_reverse"), strict=False):
            turned = {n: -a if n in negated else a for n, a in params.items()}
            state |= _to_torch(name, turned, f"_l{k}{way}")
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


def _from_torch(name: str, state: Mapping[str, Array], ending: str) -> dict[str, Array]:
    gates = GATES[name]
    hidden = state[f"weight_ih{ending}"].shape[0] // len(gates)
    zero = np.zeros(hidden * len(gates), state[f"weight_ih{ending}"].dtype)
    first = _rows(state.get(f"bias_ih{ending}", zero), gates)
    second = _rows(state.get(f"bias_hh{ending}", zero), gates)
    weights, recurrent = (_rows(state[f"weight_{w}{ending}"], gates) for w in ("ih", "hh"))
    params: dict[str, Array] = {}
    for gate in gates:
        apart = KEPT_APART.get(name, {}).get(gate)
        params |= {f"W{gate}": weights[gate], f"U{gate}": recurrent[gate]}
        params[f"b{gate}"] = first[gate] if apart else first[gate] + second[gate]
        if apart:
            params[apart] = second[gate]
    return params


def _rows(stacked: Array, gates: tuple[str, ...]) -> dict[str, Array]:
    """Gate → a copy of its rows."""
    blocks = np.split(stacked, len(gates))
    return {gate: block.copy() for gate, block in zip(gates, blocks, strict=True)}


def _to_torch(name: str, params: Params, ending: str) -> dict[str, Array]:
    gates, apart = GATES[name], KEPT_APART.get(name, {})
    second = [
        params[apart[gate]] if gate in apart else np.zeros_like(params[f"b{gate}"])
        for gate in gates
    ]
    return {
        f"weight_ih{ending}": np.concatenate([params[f"W{gate}"] for gate in gates]),
        f"weight_hh{ending}": np.concatenate([params[f"U{gate}"] for gate in gates]),
        f"bias_ih{ending}": np.concatenate([params[f"b{gate}"] for gate in gates]),
        f"bias_hh{ending}": np.concatenate(second),
    }
