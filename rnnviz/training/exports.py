"""A trained network to take away: a table of its run, a file of its weights, code that runs it."""

import base64
import csv
import io
import json
import textwrap
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from rnnviz.interop.torch_layout import state_of
from rnnviz.network.layers import Array
from rnnviz.network.network import Network
from rnnviz.notation.writer import plain
from rnnviz.operations import FUNCTIONS, OPERATIONS
from rnnviz.training.runs import Run

HEADER = '''"""{about}

Written by RNN Viz; needs nothing of it. `predict` reads a sequence, (time, inputs), and gives what
the network answers at each step, (time, outputs){kind}.
"""

import base64

import numpy as np
'''
WEIGHTS = '''

def array(text, *shape):
    """float64 numbers, written in base64."""
    return np.frombuffer(base64.b64decode(text), "<f8").reshape(shape).copy()


WEIGHTS = {{
{entries}
}}
'''
READING = '''

def read(cell, states, prefix, xs, hidden, backward):
    """One layer in one direction: (time, inputs) → (time, hidden)."""
    own = {{n.removeprefix(prefix): w for n, w in WEIGHTS.items() if n.startswith(prefix)}}
    own = {{n: w for n, w in own.items() if "." not in n}}
    state = {{f"{{n}}_prev": {zeros} for n in states}}
    outputs = []
    for x in ({reversed} if backward else xs):
        new = cell(x=x, **state, **own)
        state = {{f"{{n}}_prev": new[n] for n in states}}
        outputs.append(new["h"])
    return {stack}(outputs[::-1] if backward else outputs)


def predict(x):
    x = {convert}
{layers}    return {answer}


if __name__ == "__main__":
    print(predict(np.zeros(({steps}, {inputs}))))
'''


def csv_of(run: Run) -> str:
    """A line for each update, and line 0 before any: one column per quantity, and per time step.

    Blank where there is nothing: the held-out sequences are read every 25 updates, with the line
    past which the metric counts as solved; "turned" says which knobs were, after that update.
    """
    columns: dict[str, list[Any]] = {"update": list(range(run.update + 1))}
    for name, values in run.history.items():
        if values.ndim == 1:
            columns[name] = ["", *values.tolist()]
        else:
            columns |= {
                f"{name}[{t + 1}]": ["", *values[:, t].tolist()] for t in range(values.shape[1])
            }
    columns |= _evaluated(run) | {"turned": _turned(run)}
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return stream.getvalue()


def _evaluated(run: Run) -> dict[str, list[Any]]:
    """What the held-out sequences gave, at the updates after which they were read."""
    line = run.knobs.about_task.solved
    at = {one.update: (one.loss, one.metric, line) for one in run.evaluations}
    rows = [at.get(update, ("", "", "")) for update in range(run.update + 1)]
    names = ("held_out_loss", "held_out_metric", "solved_line")
    return {name: [row[k] for row in rows] for k, name in enumerate(names)}


def _turned(run: Run) -> list[str]:
    """The knobs turned after each update."""
    found = [""] * (run.update + 1)
    for change in run.changes:
        told = f"{change.knob} from {change.before} to {change.after}"
        found[change.update] += f"; {told}" if found[change.update] else told
    return found


def numpy_code(network: Network, about: str = "A recurrent network.") -> str:
    """A Python file that runs the network with NumPy alone: its equations as they are written."""
    return (
        _header(network, about)
        + _weights(network.parameters)
        + _functions("numpy")
        + _cells(network)
        + _reading(network, torch=False)
    )


def torch_code(network: Network, about: str = "A recurrent network.") -> str:
    """A Python file that runs it with PyTorch: torch.nn's own module where there is one."""
    start = _header(network, about) + "import torch\n"
    try:
        name, state = state_of(network.layers)
    except ValueError:
        return (
            start
            + _weights(network.parameters)
            + "\nWEIGHTS = {n: torch.tensor(w) for n, w in WEIGHTS.items()}\n"
            + _functions("torch")
            + _cells(network)
            + _reading(network, torch=True)
        )
    readout = network.readout
    own = (
        {f"readout.{n}": a for n, a in (("weight", readout.W), ("bias", readout.b))}
        if readout
        else {}
    )
    return (
        start
        + _weights({**{f"rnn.{n}": a for n, a in state.items()}, **own})
        + _module(network, name)
    )


def _header(network: Network, about: str) -> str:
    kind = ": scores, before the softmax" if _is_softmax(network) else ""
    text = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in about)
    return HEADER.format(about=text.replace('"""', "'''").replace("\\", "/"), kind=kind)


def _is_softmax(network: Network) -> bool:
    return network.readout is not None and network.readout.kind == "softmax"


def _weights(arrays: Mapping[str, Array]) -> str:
    entries = []
    for name, values in arrays.items():
        text = base64.b64encode(np.ascontiguousarray(values, "<f8").tobytes()).decode()
        lines = "\n".join(f'        "{line}"' for line in textwrap.wrap(text, 88))
        shape = "".join(f", {size}" for size in values.shape)
        entries.append(f"    {json.dumps(name)}: array(\n{lines}{shape},\n    ),")
    return WEIGHTS.format(entries="\n".join(entries))


def _functions(library: Literal["numpy", "torch"]) -> str:
    """Every function of the language, as a library computes it."""
    functions = (OPERATIONS[name] for name in FUNCTIONS)
    return "".join(
        f"\n\ndef {one.name}({one.letters}):\n    return {getattr(one, library)}\n"
        for one in functions
    )


def _cells(network: Network) -> str:
    written = []
    for number, layer in enumerate(network.layers):
        cell = layer.cell
        arguments = ["x", *(f"{state}_prev" for state in cell.states), *cell.parameters]
        body = textwrap.indent(plain(cell), "    ")
        results = ", ".join(f'"{name}": {name}' for name in dict.fromkeys(("h", *cell.states)))
        written.append(
            f"\n\ndef cell_{number}({', '.join(arguments)}):\n{body}\n    return {{{results}}}\n"
        )
    return "".join(written)


def _reading(network: Network, *, torch: bool) -> str:
    lines = []
    for number, layer in enumerate(network.layers):
        states = json.dumps(list(layer.cell.states))
        calls = [
            f'read(cell_{number}, {states}, "layers.{number}.{way}", x, {layer.hidden}, {backward})'
            for way, backward in (("", False), ("reverse.", True))[: len(layer.directions)]
        ]
        joined = calls[0]
        if len(calls) > 1:
            join = "torch.cat([{}], 1)" if torch else "np.concatenate([{}], 1)"
            joined = join.format(", ".join(calls))
        lines.append(f"    x = {joined}\n")
    answer = 'x @ WEIGHTS["readout.W"].T + WEIGHTS["readout.b"]' if network.readout else "x"
    return READING.format(
        zeros="torch.zeros(hidden, dtype=xs.dtype)" if torch else "np.zeros(hidden)",
        reversed="xs.flip(0)" if torch else "xs[::-1]",
        stack="torch.stack" if torch else "np.stack",
        convert="torch.as_tensor(x, dtype=torch.float64)" if torch else "np.asarray(x, float)",
        layers="".join(lines),
        answer=answer,
        steps=5,
        inputs=network.inputs,
    )


def _module(network: Network, name: str) -> str:
    kind = {"LSTM": "LSTM", "GRU (PyTorch)": "GRU"}.get(name, "RNN")
    options = ', nonlinearity="relu"' if name == "RNN (ReLU)" else ""
    both = network.layers[0].reverse is not None
    readout = f"torch.nn.Linear({network.features}, {network.outputs}, dtype=torch.float64)"
    answer = "self.readout(output)" if network.readout else "output"
    return f"""

class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = torch.nn.{kind}(
            {network.inputs}, {network.hidden}, num_layers={len(network.layers)},
            bidirectional={both}, dtype=torch.float64{options},
        )
        self.readout = {readout if network.readout else None}
        self.load_state_dict({{n: torch.tensor(w) for n, w in WEIGHTS.items()}})

    def forward(self, x):
        output, _ = self.rnn(x)
        return {answer}


def predict(x):
    with torch.no_grad():
        return Network()(torch.as_tensor(x, dtype=torch.float64))


if __name__ == "__main__":
    print(predict(np.zeros((5, {network.inputs}))))
"""
