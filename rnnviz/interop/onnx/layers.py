"""A recurrent node of ONNX and its arrays → a layer of ours.

Gates are stacked in rows: i o f c of an LSTM, z r h of a GRU. B has the biases of W, then those of
R; they act as their sum, except where a GRU's reset gate multiplies the candidate's second.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import numpy as np

from rnnviz.interop import cell_variants
from rnnviz.interop.cell_variants import PLAIN, number
from rnnviz.interop.names import shown
from rnnviz.network.arrays import Array, Params
from rnnviz.network.layers import Layer
from rnnviz.representation import Cell
from rnnviz.texts import Sentence

GATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"RNN": ("",), "LSTM": ("_i", "_o", "_f", "_g"), "GRU": ("_z", "_r", "_n")}
)
"""ONNX's operator → the endings of our parameters' names, in its order of rows."""
USUAL: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"RNN": ("tanh",), "LSTM": ("sigmoid", "tanh", "tanh"), "GRU": ("sigmoid", "tanh")}
)
"""ONNX's operator → the activations of one direction where a node does not name them."""
PEEPHOLES = ("p_i", "p_o", "p_f")
DIRECTIONS = ("forward", "reverse", "bidirectional")

Written = Callable[[float, float], str]
ALONE: Mapping[str, str] = MappingProxyType(
    {name: PLAIN[name] for name in ("tanh", "sigmoid", "relu", "softsign", "softplus")}
)
WITH_NUMBERS: Mapping[str, tuple[float, float, Written]] = MappingProxyType(
    {
        "affine": (1.0, 0.0, lambda alpha, beta: f"{_n(alpha)} * {{a}} + {_n(beta)}"),
        "leakyrelu": (0.01, 0.0, lambda alpha, _: f"relu({{a}}) - {_n(alpha)} * relu(-{{a}})"),
        "scaledtanh": (1.0, 1.0, lambda alpha, beta: f"{_n(alpha)} * tanh({_n(beta)} * {{a}})"),
        "hardsigmoid": (0.2, 0.5, lambda alpha, beta: _hard_sigmoid(alpha, beta)),
        "elu": (1.0, 0.0, lambda alpha, _: f"relu({{a}}) + {_n(alpha)} * (exp(min({{a}}, 0)) - 1)"),
    }
)
"""Activation → alpha and beta where a node does not give them, and its text with them."""


@dataclass(frozen=True)
class Node:
    """A recurrent node.

    attributes: by name. arrays: its constant inputs by ONNX's names of them: W, R, B, P.
    """

    name: str
    operator: str
    attributes: Mapping[str, Any] = field(default_factory=dict)
    arrays: Mapping[str, Array] = field(default_factory=dict)

    @property
    def directions(self) -> int:
        return 2 if self.direction == "bidirectional" else 1

    @property
    def direction(self) -> str:
        return str(self.attributes.get("direction", "forward"))


def layer_of(node: Node) -> Layer:
    """The layer that a node is.

    Raises:
        ValueError: something that is not known here, or arrays that do not fit, in one sentence.
    """
    if node.direction not in DIRECTIONS:
        raise ValueError(_unknown(node, node.direction))
    _check_shapes(node)
    cells = {_cell(node, way) for way in range(node.directions)}
    if len(cells) > 1:
        raise ValueError(
            Sentence(
                "the two directions of {name} have different activations: here a layer has one "
                "cell for both",
                name=shown(node.name),
            )
        )
    (cell,) = cells
    ways = [_params(node, cell, way) for way in range(node.directions)]
    return Layer(cell, ways[0], ways[1] if len(ways) > 1 else None)


def notes_on(node: Node) -> Iterator[Sentence]:
    """What is to be said of a layer beside its equations."""
    if node.operator == "LSTM" and node.attributes.get("clip") is not None:
        yield Sentence(
            "{name} clips the sums of its gates and candidate, as ONNX Runtime does: the cell "
            "state that goes into h is not clipped",
            name=shown(node.name),
        )


def _cell(node: Node, way: int) -> Cell:
    clip = node.attributes.get("clip")
    clip = None if clip is None else float(clip)
    if clip is not None and not 0.0 < clip < np.inf:
        raise ValueError(_unknown(node, f"clip {clip}"))
    functions = _functions(node, way)
    if node.operator == "RNN":
        return cell_variants.rnn(functions[0], clip=clip)
    if node.operator == "GRU":
        gate, candidate = functions
        reset_after = bool(node.attributes.get("linear_before_reset", 0))
        named = {"z": gate, "r": gate, "n": candidate}
        return cell_variants.gru(named, reset_after=reset_after, clip=clip)
    gate, candidate, output = functions
    return cell_variants.lstm(
        {"i": gate, "o": gate, "f": gate, "g": candidate, "h": output},
        peepholes="P" in node.arrays,
        coupled=bool(node.attributes.get("input_forget", 0)),
        clip=clip,
    )


def _functions(node: Node, way: int) -> list[str]:
    """The activations of a direction, as texts."""
    usual = USUAL[node.operator]
    named = [str(n) for n in node.attributes.get("activations") or usual * node.directions]
    if len(named) != len(usual) * node.directions:
        raise ValueError(_unknown(node, ", ".join(named)))
    numbers = _Numbers(node)
    texts = [_function(node, name, numbers) for name in named]
    return texts[way * len(usual) : (way + 1) * len(usual)]


class _Numbers:
    """The alphas and betas of a node, of which each activation that takes them takes the next."""

    def __init__(self, node: Node) -> None:
        self.alphas = iter(node.attributes.get("activation_alpha") or ())
        self.betas = iter(node.attributes.get("activation_beta") or ())


def _function(node: Node, name: str, numbers: _Numbers) -> str:
    called = name.lower()
    if called in ALONE:
        return ALONE[called]
    if called not in WITH_NUMBERS:
        raise ValueError(_unknown(node, name))
    alpha, beta, written = WITH_NUMBERS[called]
    takes_beta = called in ("affine", "scaledtanh", "hardsigmoid")
    alpha = float(next(numbers.alphas, alpha))
    beta = float(next(numbers.betas, beta)) if takes_beta else beta
    if not np.isfinite([alpha, beta]).all():
        raise ValueError(_unknown(node, f"{name}, {alpha}, {beta}"))
    return written(alpha, beta)


def _n(value: float) -> str:
    return f"({number(value)})"


def _hard_sigmoid(alpha: float, beta: float) -> str:
    """The language's own where it has this slope."""
    usual = {0.2: "hard_sigmoid_02({a})", 1 / 6: "hard_sigmoid({a})"}
    for slope, text in usual.items():
        if np.float32(alpha) == np.float32(slope) and beta == 0.5:
            return text
    return f"min(max({_n(alpha)} * {{a}} + {_n(beta)}, 0), 1)"


def _unknown(node: Node, what: str) -> Sentence:
    return Sentence(
        "the {operator} {name} has something that is not known here: {what}",
        operator=node.operator,
        name=shown(node.name),
        what=shown(what),
    )


def _check_shapes(node: Node) -> None:
    """ValueError where the arrays are not those of so many gates, in so many directions."""
    directions, gates = node.directions, len(GATES[node.operator])
    w, r = node.arrays["W"], node.arrays["R"]
    units = r.shape[-1] if r.ndim == 3 else 0
    inputs = w.shape[-1] if w.ndim == 3 else 0
    wanted = {
        "W": (directions, gates * units, inputs),
        "R": (directions, gates * units, units),
        "B": (directions, 2 * gates * units),
        "P": (directions, 3 * units),
    }
    for name, array in node.arrays.items():
        if array.shape != wanted[name] or 0 in array.shape:
            raise ValueError(
                Sentence(
                    "the {array} of {name} has shape {shape}, not {wanted}",
                    array=name,
                    name=shown(node.name),
                    shape=str(array.shape),
                    wanted=str(wanted[name]),
                )
            )


def _params(node: Node, cell: Cell, way: int) -> Params:
    """Our parameters of a direction, each a copy; a bias that the node does not have is zero."""
    gates = GATES[node.operator]
    w, r = node.arrays["W"][way], node.arrays["R"][way]
    rows = len(w)
    both = (
        node.arrays["B"][way].reshape(2, rows)
        if "B" in node.arrays
        else np.zeros((2, rows), w.dtype)
    )
    params: dict[str, Array] = {}
    for k, gate in enumerate(gates):
        block = slice(k * rows // len(gates), (k + 1) * rows // len(gates))
        params |= {f"W{gate}": w[block].copy(), f"U{gate}": r[block].copy()}
        if f"b_h{gate[1:]}" in cell.parameters:
            params[f"b{gate}"], params[f"b_h{gate[1:]}"] = both[:, block].copy()
        else:
            params[f"b{gate}"] = both[:, block].sum(axis=0)
    if "P" in node.arrays:
        peepholes = np.split(node.arrays["P"][way], len(PEEPHOLES))
        params |= {n: p.copy() for n, p in zip(PEEPHOLES, peepholes, strict=True)}
    return {name: params[name] for name in cell.parameters}
