"""A recurrent layer of Keras' configuration and its arrays → a layer of ours.

Keras stacks the gates of a layer in the columns of `kernel` (for W) and `recurrent_kernel` (for U):
i f c o of an LSTM, z r h of a GRU. A GRU with `reset_after` has two rows of biases: the second is
added to the product with h.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from rnnviz.interop import cell_variants
from rnnviz.interop.cell_variants import PLAIN
from rnnviz.interop.names import shown
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

Arrays = Mapping[str, Array]
"""One direction's: "kernel", "recurrent_kernel" and "bias", if there is one."""
GATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"SimpleRNN": ("",), "LSTM": ("_i", "_f", "_g", "_o"), "GRU": ("_z", "_r", "_n")}
)
"""Keras' class → the endings of our parameters' names, in its order of columns."""
HARD_SIGMOID = MappingProxyType({2: "hard_sigmoid_02({a})", 3: "hard_sigmoid({a})"})
"""Keras' version → its hard sigmoid: 0.2 x + 0.5 up to Keras 2, x / 6 + 0.5 since Keras 3."""


class Built(NamedTuple):
    """A cell, and what is to be said of it."""

    cell: Cell
    notes: tuple[Sentence, ...]


def layer_of(
    name: str, kind: str, config: Mapping[str, Any], arrays: tuple[Arrays, ...], version: int
) -> tuple[Layer, tuple[Sentence, ...]]:
    """A layer, and notes on it.

    Args:
        name: the layer's, for what is said of it.
        kind: Keras' class, a key of `GATES`.
        config: what Keras says of the layer, of one direction.
        arrays: of the direction forward, and of the one backwards if there is one.
        version: Keras' major one.

    Raises:
        ValueError: a function that is not known, or arrays that do not fit.
    """
    cell, notes = _cell(name, kind, config, version)
    ways = [_params(name, kind, cell, one) for one in arrays]
    return Layer(cell, ways[0], ways[1] if len(ways) > 1 else None), notes


def _cell(name: str, kind: str, config: Mapping[str, Any], version: int) -> Built:
    outer = _function(name, config["activation"], version)
    named = [config["activation"]]
    if kind == "SimpleRNN":
        cell = cell_variants.rnn(outer)
    else:
        gate = _function(name, config["recurrent_activation"], version)
        named.append(config["recurrent_activation"])
        if kind == "LSTM":
            functions = {"i": gate, "f": gate, "o": gate, "g": outer, "h": outer}
            cell = cell_variants.lstm(functions)
        else:
            reset_after = bool(config.get("reset_after", False))
            cell = cell_variants.gru({"r": gate, "z": gate, "n": outer}, reset_after=reset_after)
    return Built(cell, (_which_hard_sigmoid(version),) if "hard_sigmoid" in named else ())


def _which_hard_sigmoid(version: int) -> Sentence:
    if version < 3:
        return Sentence(
            "it was saved by Keras {version}, whose hard sigmoid is 0.2 x + 0.5: that one is used",
            version=version,
        )
    return Sentence(
        "it was saved by Keras {version}, whose hard sigmoid is x / 6 + 0.5: that one is used",
        version=version,
    )


def _function(name: str, called: Any, version: int) -> str:
    """The text of one of Keras' functions."""
    known = {
        **PLAIN,
        "swish": PLAIN["silu"],
        "hard_sigmoid": HARD_SIGMOID[min(max(version, 2), 3)],
    }
    function = known.get("linear" if called is None else str(called))
    if function is None:
        raise ValueError(
            Sentence(
                "the layer {name} has an activation that is not known here, {function}: known are "
                "{names}",
                name=shown(name),
                function=shown(str(called)),
                names=", ".join(known),
            )
        )
    return function


def _params(name: str, kind: str, cell: Cell, arrays: Arrays) -> Params:
    """Our parameters, each a copy of its block; a bias that the layer does not have is zero."""
    gates = GATES[kind]
    kernel, recurrent = arrays["kernel"], arrays["recurrent_kernel"]
    units = recurrent.shape[0] if recurrent.ndim == 2 else 0
    columns = units * len(gates)
    if kernel.ndim != 2 or not units or (kernel.shape[1], recurrent.shape[1]) != (columns, columns):
        raise ValueError(
            Sentence(
                "the layer {name} has kernels of shapes {kernel} and {recurrent}: they should have "
                "{gates} times as many columns as there are units",
                name=shown(name),
                kernel=str(kernel.shape),
                recurrent=str(recurrent.shape),
                gates=len(gates),
            )
        )
    biases = _biases(name, arrays.get("bias"), columns, twice="b_hn" in cell.parameters)
    params: dict[str, Array] = {}
    for k, gate in enumerate(gates):
        block = slice(k * units, (k + 1) * units)
        params[f"W{gate}"] = kernel[:, block].T.copy()
        params[f"U{gate}"] = recurrent[:, block].T.copy()
        if f"b_h{gate[1:]}" in cell.parameters:
            params[f"b{gate}"], params[f"b_h{gate[1:]}"] = biases[:, block].copy()
        else:
            params[f"b{gate}"] = biases[:, block].sum(axis=0)
    return params


def _biases(name: str, bias: Array | None, columns: int, *, twice: bool) -> Array:
    """(1 or 2, columns): zero where there is none."""
    rows = 2 if twice else 1
    if bias is None:
        return np.zeros((rows, columns), np.float32)
    wanted = (2, columns) if twice else (columns,)
    if bias.shape != wanted:
        raise ValueError(
            Sentence(
                "the layer {name} has a bias of shape {shape}, not {wanted}",
                name=shown(name),
                shape=str(bias.shape),
                wanted=str(wanted),
            )
        )
    return bias.reshape(rows, columns)
