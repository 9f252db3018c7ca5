"""How many parameters there are: as a formula, with the numbers put in, and as each tool counts.

All multiply what is read and the h of the step before once for each gate; they differ in how many
vectors of biases they add. PyTorch has two for each gate. Keras has one, and two in a GRU whose
reset gate acts after the product (`reset_after=True`). rnnviz has one, and a second for the one
place where two do not act as their sum: the GRU's candidate.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from rnnviz.shapes.parameters import gates_of
from rnnviz.shapes.setup import KINDS, Setup

TORCH, KERAS, KERAS_BEFORE, RNNVIZ = "PyTorch", "Keras", "Keras, reset_after=False", "rnnviz"
_BIASES: Mapping[tuple[str, str], int] = {
    **{(TORCH, kind): 2 for kind in KINDS},
    **{(tool, kind): 1 for kind in KINDS for tool in (KERAS, KERAS_BEFORE, RNNVIZ)},
    (KERAS, "GRU"): 2,
}
"""Tool and kind of module → vectors of biases for each gate."""


class Count(NamedTuple):
    """The parameters of the recurrent layers.

    symbols: the formula of a layer; above the first one, H_in is what the layer below gives.
    numbers: it with the numbers put in, one term for each layer.
    """

    tool: str
    symbols: str
    numbers: str
    total: int


def counts(setup: Setup) -> tuple[Count, ...]:
    """As PyTorch counts, as Keras does where it has such a layer, and as rnnviz does."""
    tools = [TORCH]
    if not setup.proj_size:
        tools.append(KERAS)
    if setup.kind == "GRU":
        tools.append(KERAS_BEFORE)
    return tuple(count_by(tool, setup) for tool in (*tools, RNNVIZ))


def count_by(tool: str, setup: Setup) -> Count:
    """The count of one tool."""
    biases = _BIASES[tool, setup.kind] if setup.bias else 0
    own = 1 if tool == RNNVIZ and setup.kind == "GRU" and setup.bias else 0
    gates, terms, total = len(gates_of(setup.kind)), [], 0
    for layer in range(setup.num_layers):
        sizes = [setup.below(layer), setup.h_out, *([biases] if biases else [])]
        one = gates * setup.hidden_size * sum(sizes) + setup.hidden_size * (setup.proj_size + own)
        product = f"{gates}·{setup.hidden_size}·({' + '.join(map(str, sizes))})"
        more = [f"{setup.hidden_size}" if own else ""]
        more += [f"{setup.proj_size}·{setup.hidden_size}"] if setup.proj_size else []
        term = " + ".join([product, *filter(None, more)])
        if setup.bidirectional:
            term = f"2·({term})" if any(more) else f"2·{term}"
        terms.append(term)
        total += setup.directions * one
    return Count(tool, _symbols(setup, gates, biases, own), " + ".join(terms), total)


def same_sizes(setup: Setup) -> dict[str, int]:
    """Kind of module → what one of these sizes would have, as PyTorch counts; no projection."""
    plain = replace(setup, proj_size=0, nonlinearity="tanh")
    return {kind: count_by(TORCH, replace(plain, kind=kind)).total for kind in KINDS}


def _symbols(setup: Setup, gates: int, biases: int, own: int) -> str:
    """The formula of one layer."""
    ending = f" + {biases}" if biases else ""
    product = f"{gates}·H_cell·(H_in + H_out{ending})"
    more = [product, *(["H_cell"] if own else []), *(["H_out·H_cell"] if setup.proj_size else [])]
    formula = " + ".join(more)
    if not setup.bidirectional:
        return formula
    return f"2·({formula})" if len(more) > 1 else f"2·{formula}"
