"""How a program has each stage of a network: a rule for every kind."""

import json
import textwrap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from rnnviz.interop.programs.libraries import Library
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.layer_run import REVERSE, WAYS
from rnnviz.network.layers import Layer
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.notation.writer import plain

READ = '''

def read(cell, states, prefix, xs, hidden, backward):
    """One layer in one direction: (time, inputs) → (time, hidden)."""
    own = {{n.removeprefix(prefix): w for n, w in WEIGHTS.items() if n.startswith(prefix)}}
    own = {{n: w for n, w in own.items() if "." not in n}}
    state = {{f"{{n}}_prev": {begin} for n in states}}
    outputs = []
    for x in reversed(xs) if backward else xs:
        new = cell(x=x, **state, **own)
        state = {{f"{{n}}_prev": new[n] for n in states}}
        outputs.append(new["h"])
    return {library}.stack(outputs[::-1] if backward else outputs)
'''
ATTEND = '''

def attend(x, W, b, v):
    """At each step the mean of the steps so far, weighted by exp(v · tanh(W h + b))."""
    scores = {library}.tanh(x @ W.T + b) @ v
    pools = []
    for t in range(len(x)):
        weights = {library}.exp(scores[: t + 1] - scores[: t + 1].max())
        pools.append(weights @ x[: t + 1] / weights.sum())
    return {library}.stack(pools)
'''


class Written(NamedTuple):
    """A stage in a program: the functions it needs, and what it hands up where it reads `x`."""

    functions: str
    value: str


def written(stage: Stage, name: str, library: Library) -> Written:
    """A stage by its rule.

    Raises:
        ValueError: no program is known for it.
    """
    if type(stage) not in WRITTEN:
        raise ValueError(f"no program is known for the stage {name}")
    return WRITTEN[type(stage)](stage, name, library)


def _embedding(embedding: Embedding, name: str, library: Library) -> Written:
    return Written("", f'WEIGHTS["{name}.W"][x[:, 0].{library.whole}]')


def _layer(layer: Layer, name: str, library: Library) -> Written:
    cell, function = layer.cell, name.replace("layers.", "cell_")
    arguments = ", ".join(["x", *(f"{state}_prev" for state in cell.states), *cell.parameters])
    results = ", ".join(f'"{value}": {value}' for value in cell.h_and_states)
    body = textwrap.indent(f"{plain(cell)}\nreturn {{{results}}}", "    ")
    states = json.dumps(list(cell.states))
    calls = [
        f'read({function}, {states}, "{name}.{way}", x, {layer.hidden}, {way == REVERSE})'
        for way in WAYS[: len(layer.directions)]
    ]
    both = f"{library.name}.concatenate([{', '.join(calls)}], 1)"
    value = calls[0] if len(calls) == 1 else both
    value = f"{value} + x" if layer.skip else value
    return Written(f"\n\ndef {function}({arguments}):\n{body}\n", value)


def _mean(mean: Mean, name: str, library: Library) -> Written:
    return Written("", f"{library.name}.stack([x[: t + 1].mean(0) for t in range(len(x))])")


def _maximum(maximum: Maximum, name: str, library: Library) -> Written:
    each = f"{library.name}.amax(x[: t + 1], 0)"
    return Written("", f"{library.name}.stack([{each} for t in range(len(x))])")


def _attention(attention: Attention, name: str, library: Library) -> Written:
    arrays = ", ".join(f'WEIGHTS["{name}.{own}"]' for own in attention.parameters)
    return Written(ATTEND.format(library=library.name), f"attend(x, {arrays})")


def _readout(readout: Readout, name: str, library: Library) -> Written:
    return Written("", f'x @ WEIGHTS["{name}.W"].T + WEIGHTS["{name}.b"]')


def _unchanged(dropout: Dropout, name: str, library: Library) -> Written:
    return Written("", "x")


WRITTEN: Mapping[type[Stage], Callable[[Any, str, Library], Written]] = MappingProxyType(
    {
        Embedding: _embedding,
        Layer: _layer,
        Mean: _mean,
        Maximum: _maximum,
        Attention: _attention,
        Readout: _readout,
        Dropout: _unchanged,
    }
)
"""Stage → how a program has it."""
