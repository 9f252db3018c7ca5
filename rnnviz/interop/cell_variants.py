"""The cells of other libraries, with whatever functions they are given: equations, then a cell.

With the usual functions each is the gallery's own. A function is a text with {a} where its operand
stands.
"""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

import numpy as np

from rnnviz.equations import parse
from rnnviz.representation import Cell

Functions = Mapping[str, str]
PLAIN: Functions = MappingProxyType(
    {
        "tanh": "tanh({a})",
        "sigmoid": "sigmoid({a})",
        "relu": "relu({a})",
        "linear": "{a}",
        "softsign": "softsign({a})",
        "softplus": "softplus({a})",
        "exponential": "exp({a})",
        "hard_tanh": "hard_tanh({a})",
        "silu": "{a} * sigmoid({a})",
    }
)
"""What several libraries have, by Keras' name."""


def number(value: float) -> str:
    """A number as an equation has it: the shortest decimals that are this float32."""
    return np.format_float_positional(np.float32(value), trim="-")


def rnn(function: str, *, clip: float | None = None) -> Cell:
    """h of the input, the last h and one bias."""
    return _cell(_lines("h", function, "W @ x + U @ h_prev + b", clip))


def lstm(
    functions: Functions,
    *,
    peepholes: bool = False,
    coupled: bool = False,
    clip: float | None = None,
) -> Cell:
    """An LSTM.

    Args:
        functions: of "i", "f", "g" and "o", and of the cell state in h: "h".
        peepholes: the gates read the cell state.
        coupled: the forget gate is what the input gate leaves.
        clip: the sums are kept between −clip and clip before a function is applied.
    """

    def gate(name: str, state: str) -> str:
        peep = f" + p_{name} * {state}" if peepholes and state else ""
        total = f"W_{name} @ x + U_{name} @ h_prev{peep} + b_{name}"
        return _lines(name, functions[name], total, clip)

    state, output = "c = f * c_prev + i * g", gate("o", "c")
    last = (state, output) if peepholes else (output, state)
    forget = "f = 1 - i" if coupled else gate("f", "c_prev")
    h = f"h = o * ({functions['h'].format(a='c')})"
    return _cell("\n".join([gate("i", "c_prev"), forget, gate("g", ""), *last, h]))


def gru(functions: Functions, *, reset_after: bool, clip: float | None = None) -> Cell:
    """A GRU whose update gate keeps the old h.

    Args:
        functions: of "r", "z" and "n".
        reset_after: the reset gate scales the product with h, not h itself.
        clip: as for `lstm`.
    """

    def gate(name: str) -> str:
        total = f"W_{name} @ x + U_{name} @ h_prev + b_{name}"
        return _lines(name, functions[name], total, clip)

    if reset_after:
        candidate = "W_n @ x + b_n + r * (U_n @ h_prev + b_hn)"
        h = "h = (1 - z) * n + z * h_prev"
    else:
        candidate = "W_n @ x + U_n @ (r * h_prev) + b_n"
        h = "h = z * h_prev + (1 - z) * n"
    return _cell("\n".join([gate("r"), gate("z"), _lines("n", functions["n"], candidate, clip), h]))


def _lines(name: str, function: str, total: str, clip: float | None) -> str:
    """A value's line; two where its function reads the sum more than once."""
    if clip is not None:
        total = f"min(max({total}, -{number(clip)}), {number(clip)})"
    if function.count("{a}") == 1:
        return f"{name} = {function.format(a=f'({total})')}"
    return f"a_{name} = {total}\n{name} = {function.format(a=f'a_{name}')}"


@lru_cache(maxsize=64)
def _cell(equations: str) -> Cell:
    return parse(equations)
