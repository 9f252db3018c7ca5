"""The text of a program: what all have, and the network by its stages or as torch.nn's module."""

import base64
import json
import textwrap
from collections.abc import Mapping

import numpy as np

from rnnviz.interop.modules.staged import (
    NO_ARRAYS,
    Part,
    is_staged,
    part_of_layers,
    part_of_readout,
    parts_of,
    stages_text,
    state_dict_of,
    written,
)
from rnnviz.interop.programs import stages, states
from rnnviz.interop.programs.libraries import NUMPY, TORCH, WITH_STAGES, Library
from rnnviz.interop.pytorch.projections import own_readout
from rnnviz.network.arrays import Array
from rnnviz.network.network import Network
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
MODULE = """

class Network(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = torch.{rnn}
        self.readout = {readout}
{buffers}        self.load_state_dict(WEIGHTS)

    def forward(self, x):
        output, _ = self.rnn(x{begun})
        return {answer}
"""


STAGED = """{classes}

class Network(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict(
{stages}
        ))
        self.load_state_dict(WEIGHTS)
        self.eval()
"""


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
        layers = part_of_layers(network.layers_alone())
    except ValueError:
        return _program(network, about, TORCH)
    return _module(network, about, layers)


def _program(network: Network, about: str, library: Library) -> str:
    """Every stage by its rule."""
    functions = [
        f"\n\ndef {name}({', '.join('ab'[: OPERATIONS[name].arity])}):\n"
        f"    return {library.texts[name]}\n"
        for name in FUNCTIONS
    ]
    own = [stages.written(stage, name, library) for name, stage in network.stages.items()]
    begin = states.FROM_STATES if network.initial else states.FROM_ZERO
    read = stages.READ.format(library=library.name, begin=begin)
    return _filled(
        network,
        about,
        library,
        network.parameters,
        definitions="".join([*functions, *(one.functions for one in own), read]),
        lines=["x = numbers(x)", *(f"x = {one.value}" for one in own), "return x"],
        initial=network.initial,
    )


def _module(network: Network, about: str, layers: Part) -> str:
    """A class around torch.nn's own module, with the state dict it takes."""
    read = own_readout(network)
    parts = {"rnn": layers, **({"readout": part_of_readout(read)} if read else {})}
    weights = {
        f"{called}.{name}": array
        for called, part in parts.items()
        for name, array in part.arrays.items()
    }
    initial = states.of_torch(network)
    module = MODULE.format(
        rnn=written(layers),
        readout=f"torch.{written(parts['readout'])}" if read else None,
        buffers=states.buffers(initial),
        begun=", self.begun(x)" if initial else "",
        answer="self.readout(output)" if read else "output",
    )
    module += states.begun(initial)
    lines = ["with torch.no_grad():", "    return Network()(numbers(x))"]
    return _filled(network, about, TORCH, weights | initial, module, lines)


def _staged(network: Network, about: str) -> str:
    """A class that has the stages one after the other, and the state dict it takes."""
    parts = (f"{name}={written(part)}," for name, part in parts_of(network).items())
    lines = [
        "with torch.no_grad():",
        "    return Network()(numbers(x)[:, None])[:, 0]",
    ]
    module = STAGED.format(
        classes=stages_text(), stages=textwrap.indent("\n".join(parts), " " * 12)
    )
    return _filled(network, about, WITH_STAGES, state_dict_of(network), module, lines)


def _filled(
    network: Network,
    about: str,
    library: Library,
    weights: Mapping[str, Array],
    definitions: str,
    lines: list[str],
    initial: Mapping[str, Array] = NO_ARRAYS,
) -> str:
    text = "".join(letter if letter.isprintable() or letter == "\n" else " " for letter in about)
    is_softmax = network.readout is not None and network.readout.kind == "softmax"
    return PROGRAM.format(
        about=text.replace('"""', "'''").replace("\\", "/"),
        kind=": scores, before the softmax" if is_softmax else "",
        imported=library.imported,
        numbers=library.numbers,
        weights=_arrays(weights),
        states=states.STATES.format(states=_arrays(initial)) if initial else "",
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
