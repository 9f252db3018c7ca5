"""A network as a Python program of its own: equations as they are written, weights included."""

import base64
import json
import textwrap
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from rnnviz.interop.modules.staged import (
    NO_ARRAYS,
    is_staged,
    parts_of,
    stages_text,
    state_dict_of,
    written,
)
from rnnviz.interop.pytorch.layout import state_of
from rnnviz.interop.pytorch.projections import own_readout
from rnnviz.network.arrays import Array
from rnnviz.network.attention import Attention
from rnnviz.network.dropout import Dropout
from rnnviz.network.embedding import Embedding
from rnnviz.network.layer_run import REVERSE, WAYS
from rnnviz.network.layers import Layer
from rnnviz.network.network import Network
from rnnviz.network.pooling import Maximum, Mean
from rnnviz.network.readout import Readout
from rnnviz.network.stage import Stage
from rnnviz.notation.writer import plain
from rnnviz.operations import FUNCTIONS, OPERATIONS

PROGRAM = '''"""{about}

Written by RNN Viz; needs nothing of it. `predict` reads a sequence, (time, inputs), and gives what
the network answers at each step, (time, outputs){kind}.
"""

import base64

import numpy as np
{imported}

def numbers(values):
    return {numbers}


def array(text, *shape):
    """float64 numbers, written in base64."""
    return numbers(np.frombuffer(base64.b64decode(text), "<f8").reshape(shape).copy())


WEIGHTS = {{
{weights}
}}
{states}{definitions}

def predict(x):
{answer}


if __name__ == "__main__":
    print(predict(np.zeros((5, {inputs}))))
'''
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
STATES = """# Before the first step; those that are not named are zero.
STATES = {{
{states}
}}
"""
FROM_ZERO = "numbers([0.0] * hidden)"
FROM_STATES = f"STATES.get(prefix + n, {FROM_ZERO})"
MODULE = """

class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = torch.nn.{kind}(
            {inputs}, {hidden}, num_layers={layers},
            bidirectional={both}, dtype=torch.float64{options},
        )
        self.readout = {readout}
{buffers}        self.load_state_dict(WEIGHTS)

    def forward(self, x):
        output, _ = self.rnn(x{begun})
        return {answer}
"""
BUFFER = """\
        self.register_buffer("{name}", torch.zeros({rows}, {units}, dtype=torch.float64))
"""
BEGUN = '''
    def begun(self, x):
        """The states before the first step, for every sequence of x; they are not trained."""
        states = [{states}]
        if x.dim() == 3:
            states = [one[:, None].repeat(1, x.shape[1], 1) for one in states]
        return {given}
'''


STAGED = """{classes}

class Network(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict(
{stages}
        ))
        self.load_state_dict(WEIGHTS)
        self.eval()
"""


class Library(NamedTuple):
    """What a program computes with: how it is imported, its name, how it makes its arrays.

    whole: how an array is made one of whole numbers. texts: operation → its value in this library,
        as text.
    """

    imported: str
    name: str
    numbers: str
    whole: str
    texts: Mapping[str, str]


NUMPY = Library(
    "",
    "np",
    "np.asarray(values, float)",
    "astype(int)",
    {name: operation.numpy for name, operation in OPERATIONS.items()},
)
TORCH = Library(
    "import torch\n",
    "torch",
    "torch.as_tensor(values, dtype=torch.float64)",
    "long()",
    {name: operation.torch for name, operation in OPERATIONS.items()},
)


WITH_STAGES = TORCH._replace(
    imported="from collections import OrderedDict\n\nimport torch\nfrom torch import nn\n"
)


class Written(NamedTuple):
    """A stage in a program: the functions it needs, and what it hands up where it reads `x`."""

    functions: str
    value: str


def with_numpy(network: Network, about: str = "A recurrent network.") -> str:
    """A Python file that runs the network with NumPy alone.

    Raises:
        ValueError: a stage that no program is known for.
    """
    return _program(network, about, NUMPY)


def with_torch(network: Network, about: str = "A recurrent network.") -> str:
    """A Python file that runs it with PyTorch: torch.nn's own module where there is one, a
    torch.nn.Sequential of its stages where there is more to it and their cells are torch's.

    Raises:
        ValueError: a stage that no program is known for.
    """
    is_more = is_staged(network)
    if network.initial and (is_more or network.layers[0].projected):
        return _program(network, about, TORCH)
    try:
        if is_more:
            return _staged(network, about)
        name, state = state_of(network.layers_alone())
    except ValueError:
        return _program(network, about, TORCH)
    return _module(network, about, name, state)


def _program(network: Network, about: str, library: Library) -> str:
    """Every stage by its rule."""
    functions = [
        f"\n\ndef {name}({', '.join('ab'[: OPERATIONS[name].arity])}):\n"
        f"    return {library.texts[name]}\n"
        for name in FUNCTIONS
    ]
    for name, stage in network.stages.items():
        if type(stage) not in WRITTEN:
            raise ValueError(f"no program is known for the stage {name}")
    stages = [WRITTEN[type(one)](one, name, library) for name, one in network.stages.items()]
    begin = FROM_STATES if network.initial else FROM_ZERO
    read = READ.format(library=library.name, begin=begin)
    return _filled(
        network,
        about,
        library,
        network.parameters,
        definitions="".join([*functions, *(one.functions for one in stages), read]),
        lines=["x = numbers(x)", *(f"x = {one.value}" for one in stages), "return x"],
        states=network.initial,
    )


def _module(network: Network, about: str, name: str, state: Mapping[str, Array]) -> str:
    """A class around torch.nn's own module, with the state dict it takes."""
    readout, first = own_readout(network), network.layers[0]
    features = readout.inputs if readout else 0
    linear = f"torch.nn.Linear({features}, {network.outputs}, dtype=torch.float64)"
    options = [', nonlinearity="relu"'] if name == "RNN (ReLU)" else []
    options += [f", proj_size={first.projected}"] if first.projected else []
    weights = {f"rnn.{n}": array for n, array in state.items()}
    if readout:
        weights |= {"readout.weight": readout.W, "readout.bias": readout.b}
    states = _states_of_torch(network)
    buffers = [BUFFER.format(name=n, rows=len(a), units=a.shape[1]) for n, a in states.items()]
    module = MODULE.format(
        buffers="".join(buffers),
        begun=", self.begun(x)" if states else "",
        kind={"LSTM": "LSTM", "GRU (PyTorch)": "GRU"}.get(name, "RNN"),
        options="".join(options),
        inputs=network.inputs,
        hidden=network.hidden,
        layers=len(network.layers),
        both=first.reverse is not None,
        readout=linear if readout else None,
        answer="self.readout(output)" if readout else "output",
    )
    if states:
        given = "tuple(states)" if len(states) > 1 else "states[0]"
        module += BEGUN.format(states=", ".join(f"self.{name}" for name in states), given=given)
    weights |= states
    lines = ["with torch.no_grad():", "    return Network()(numbers(x))"]
    return _filled(network, about, TORCH, weights, module, lines)


def _states_of_torch(network: Network) -> dict[str, Array]:
    """h_0 and, of an LSTM, c_0 as torch.nn takes them, (layers * directions, units); none where
    the network begins at zeros."""
    if not network.initial:
        return {}
    return {
        f"{state}_0": np.stack(
            [
                network.initial.get(f"layers.{k}.{way}{state}", np.zeros(layer.size(state)))
                for k, layer in enumerate(network.layers)
                for way in WAYS[: len(layer.directions)]
            ]
        )
        for state in sorted(network.layers[0].cell.states, reverse=True)
    }


def _staged(network: Network, about: str) -> str:
    """A class that has the stages one after the other, and the state dict it takes."""
    stages = (f"{name}={written(part)}," for name, part in parts_of(network).items())
    lines = [
        "with torch.no_grad():",
        "    return Network()(numbers(x)[:, None])[:, 0]",
    ]
    module = STAGED.format(
        classes=stages_text(), stages=textwrap.indent("\n".join(stages), " " * 12)
    )
    return _filled(network, about, WITH_STAGES, state_dict_of(network), module, lines)


def _filled(
    network: Network,
    about: str,
    library: Library,
    weights: Mapping[str, Array],
    definitions: str,
    lines: list[str],
    states: Mapping[str, Array] = NO_ARRAYS,
) -> str:
    text = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in about)
    is_softmax = network.readout is not None and network.readout.kind == "softmax"
    return PROGRAM.format(
        about=text.replace('"""', "'''").replace("\\", "/"),
        kind=": scores, before the softmax" if is_softmax else "",
        imported=library.imported,
        numbers=library.numbers,
        weights=_arrays(weights),
        states=STATES.format(states=_arrays(states)) if states else "",
        definitions=definitions,
        answer=textwrap.indent("\n".join(lines), "    "),
        inputs=network.inputs,
    )


def _arrays(arrays: Mapping[str, Array]) -> str:
    return "\n".join(_weight(name, array) for name, array in arrays.items())


def _weight(name: str, values: Array) -> str:
    text = base64.b64encode(np.ascontiguousarray(values, "<f8").tobytes()).decode()
    lines = "\n".join(f'        "{line}"' for line in textwrap.wrap(text, 88))
    shape = "".join(f", {size}" for size in values.shape)
    return f"    {json.dumps(name)}: array(\n{lines}{shape},\n    ),"


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
